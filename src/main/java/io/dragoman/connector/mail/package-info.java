// SPDX-License-Identifier: Apache-2.0
/** Connections to mail servers as the mail library is given them: closed at once, and bounded in what they take. */
@NullMarked
package io.dragoman.connector.mail;

import org.jspecify.annotations.NullMarked;
