// SPDX-License-Identifier: Apache-2.0
/** Missed calls and voicemails through Twilio Programmable Voice. {@link io.dragoman.channel.voice.Voice} is the way in. */
@NullMarked
package io.dragoman.channel.voice;

import org.jspecify.annotations.NullMarked;
