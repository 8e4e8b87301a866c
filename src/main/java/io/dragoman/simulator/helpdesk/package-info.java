// SPDX-License-Identifier: Apache-2.0
/** What simulated helpdesks have in common: tickets, customers, agents, faults, webhooks. */
@NullMarked
package io.dragoman.simulator.helpdesk;

import org.jspecify.annotations.NullMarked;
