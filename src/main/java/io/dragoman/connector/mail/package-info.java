// SPDX-License-Identifier: Apache-2.0
/**
 * Mail, for whoever speaks it: the settings of mailboxes, reading them by IMAP and POP3 over connections that are closed
 * at once and bounded in what they take, what a mail says (MIME, character sets, quotes, bounces), and handing mail over.
 */
@NullMarked
package io.dragoman.connector.mail;

import org.jspecify.annotations.NullMarked;
