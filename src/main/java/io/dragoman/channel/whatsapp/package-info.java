// SPDX-License-Identifier: Apache-2.0
/** WhatsApp through Meta's Cloud API. {@link io.dragoman.channel.whatsapp.WhatsApp} is the way in. */
@NullMarked
package io.dragoman.channel.whatsapp;

import org.jspecify.annotations.NullMarked;
