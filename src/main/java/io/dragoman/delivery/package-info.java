// SPDX-License-Identifier: Apache-2.0
/** From a delivery to its end: send, settle, try again. */
@NullMarked
package io.dragoman.delivery;

import org.jspecify.annotations.NullMarked;
