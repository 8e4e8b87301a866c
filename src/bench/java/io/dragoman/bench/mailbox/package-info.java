// SPDX-License-Identifier: Apache-2.0
/** A mailbox full of mail, and a plain reader of it. */
@NullMarked
package io.dragoman.bench.mailbox;

import org.jspecify.annotations.NullMarked;
