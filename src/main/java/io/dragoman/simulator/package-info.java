// SPDX-License-Identifier: Apache-2.0
/**
 * Stand-ins for providers that speak their real protocols, for the demo, for trying things out and for tests. They
 * share no code with the connectors, so that an error in one does not hide in the other.
 */
@NullMarked
package io.dragoman.simulator;

import org.jspecify.annotations.NullMarked;
