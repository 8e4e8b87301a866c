// SPDX-License-Identifier: Apache-2.0
/** Dragoman, the messaging gateway: {@code Gateway} wires everything by hand. */
@NullMarked
package io.dragoman;

import org.jspecify.annotations.NullMarked;
