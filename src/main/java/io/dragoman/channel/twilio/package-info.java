// SPDX-License-Identifier: Apache-2.0
/** SMS, MMS and WhatsApp through Twilio Programmable Messaging. */
@NullMarked
package io.dragoman.channel.twilio;

import org.jspecify.annotations.NullMarked;
