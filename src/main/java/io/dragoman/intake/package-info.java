// SPDX-License-Identifier: Apache-2.0
/** From the wire to the store: verify, read, store, acknowledge. Nothing is acknowledged before it is durable. */
@NullMarked
package io.dragoman.intake;

import org.jspecify.annotations.NullMarked;
