// SPDX-License-Identifier: Apache-2.0
/** How a message would look on a channel, without sending it. */
@NullMarked
package io.dragoman.app.preview;

import org.jspecify.annotations.NullMarked;
