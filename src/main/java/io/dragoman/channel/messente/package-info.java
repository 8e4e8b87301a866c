// SPDX-License-Identifier: Apache-2.0
/** SMS through Messente. The smallest channel: docs/adding-a-channel.md walks through it. */
@org.jspecify.annotations.NullMarked
package io.dragoman.channel.messente;
