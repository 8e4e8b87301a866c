// SPDX-License-Identifier: Apache-2.0
/** A helpdesk on this machine that speaks Standard Webhooks. */
@NullMarked
package io.dragoman.simulator.desk;

import org.jspecify.annotations.NullMarked;
