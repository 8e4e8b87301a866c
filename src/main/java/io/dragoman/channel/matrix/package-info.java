// SPDX-License-Identifier: Apache-2.0
/** Matrix, by the client-server API of a homeserver. */
@org.jspecify.annotations.NullMarked
package io.dragoman.channel.matrix;
