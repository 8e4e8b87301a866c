// SPDX-License-Identifier: Apache-2.0
/** Zendesk on this machine. */
@NullMarked
package io.dragoman.simulator.zendesk;

import org.jspecify.annotations.NullMarked;
