// SPDX-License-Identifier: Apache-2.0
/**
 * The mail channel: IMAP or POP3 in, SMTP out.
 *
 * <p>Mail is taken as raw bytes and read by our own small reader, never by the mail library's: measured on hostile
 * mail, the library's parser takes half a minute for a mail of less than a megabyte, and on real mail it throws for an unknown
 * charset, a missing boundary or an unquoted file name (docs/decisions/0004). The reader here is linear, bounded, and has no way to fail: what it cannot make sense of is shown
 * as text or kept as a file. The library speaks the protocols and writes the mail that we send.
 */
@NullMarked
package io.dragoman.channel.email;

import org.jspecify.annotations.NullMarked;
