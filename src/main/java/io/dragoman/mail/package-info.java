// SPDX-License-Identifier: Apache-2.0
/** Mail on its way out: SMTP through camel-mail. */
@NullMarked
package io.dragoman.mail;

import org.jspecify.annotations.NullMarked;
