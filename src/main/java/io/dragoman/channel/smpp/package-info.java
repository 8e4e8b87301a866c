// SPDX-License-Identifier: Apache-2.0
/**
 * SMS by SMPP 3.4, as a client of an SMS centre: sessions that are held, and acknowledgements that wait for the commit of
 * what they acknowledge.
 */
@org.jspecify.annotations.NullMarked
package io.dragoman.channel.smpp;
