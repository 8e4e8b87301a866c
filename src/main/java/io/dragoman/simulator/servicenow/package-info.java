// SPDX-License-Identifier: Apache-2.0
/** A simulated ServiceNow instance: incidents, users, journals and attachments by the Table API, without webhooks. */
@NullMarked
package io.dragoman.simulator.servicenow;

import org.jspecify.annotations.NullMarked;
