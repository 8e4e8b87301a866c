// SPDX-License-Identifier: Apache-2.0
/** SMS through Vonage, by its SMS API or its Messages API; webhooks of both are read. */
@org.jspecify.annotations.NullMarked
package io.dragoman.channel.vonage;
