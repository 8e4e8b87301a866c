// SPDX-License-Identifier: Apache-2.0
/** Addresses of the internet: blocks of them, and which are public. */
@NullMarked
package io.dragoman.net;

import org.jspecify.annotations.NullMarked;
