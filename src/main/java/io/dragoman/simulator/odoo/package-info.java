// SPDX-License-Identifier: Apache-2.0
/** A simulated Odoo 19: tickets, partners, messages and attachments by the JSON-2 API, without webhooks. */
@NullMarked
package io.dragoman.simulator.odoo;

import org.jspecify.annotations.NullMarked;
