// SPDX-License-Identifier: Apache-2.0
/** What the channels over Twilio share: the account, its webhooks' signature, its numbers, its media. */
@NullMarked
package io.dragoman.channel.twilio.account;

import org.jspecify.annotations.NullMarked;
