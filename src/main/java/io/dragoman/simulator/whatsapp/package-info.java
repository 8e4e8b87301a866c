// SPDX-License-Identifier: Apache-2.0
/** A stand-in for Meta's WhatsApp Cloud API. */
@NullMarked
package io.dragoman.simulator.whatsapp;

import org.jspecify.annotations.NullMarked;
