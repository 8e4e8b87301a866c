// SPDX-License-Identifier: Apache-2.0
/** A simulated Intercom workspace with one app: contacts, conversations, signed notifications. */
@NullMarked
package io.dragoman.simulator.intercom;

import org.jspecify.annotations.NullMarked;
