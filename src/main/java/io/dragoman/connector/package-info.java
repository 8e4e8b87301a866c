// SPDX-License-Identifier: Apache-2.0
/** The contract between the product and the outside: what a channel or desk connector is and what it may use. */
@NullMarked
package io.dragoman.connector;

import org.jspecify.annotations.NullMarked;
