// SPDX-License-Identifier: Apache-2.0
/** A simulated HubSpot account with one custom channel: messages, threads, contacts, files, signed webhooks. */
@NullMarked
package io.dragoman.simulator.hubspot;

import org.jspecify.annotations.NullMarked;
