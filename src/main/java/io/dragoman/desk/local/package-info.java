// SPDX-License-Identifier: Apache-2.0
/** The desk that is the gateway's own store. */
@NullMarked
package io.dragoman.desk.local;

import org.jspecify.annotations.NullMarked;
