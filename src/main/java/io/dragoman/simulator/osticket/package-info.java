// SPDX-License-Identifier: Apache-2.0
/** osTicket on this machine. */
@NullMarked
package io.dragoman.simulator.osticket;

import org.jspecify.annotations.NullMarked;
