// SPDX-License-Identifier: Apache-2.0
/** A mail server in this process, with the mailboxes of the business and of its customers. */
@NullMarked
package io.dragoman.simulator.mail;

import org.jspecify.annotations.NullMarked;
