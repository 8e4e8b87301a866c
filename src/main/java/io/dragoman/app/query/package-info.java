// SPDX-License-Identifier: Apache-2.0
/** What can be looked up: conversations, messages, deliveries, the ledger. */
@NullMarked
package io.dragoman.app.query;

import org.jspecify.annotations.NullMarked;
