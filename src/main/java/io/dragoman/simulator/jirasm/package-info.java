// SPDX-License-Identifier: Apache-2.0
/** A simulated Jira Service Management site with one service desk: requests, comments, customers, signed webhooks. */
@NullMarked
package io.dragoman.simulator.jirasm;

import org.jspecify.annotations.NullMarked;
