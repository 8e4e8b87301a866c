// SPDX-License-Identifier: Apache-2.0
/** Conversations as their desks know them. */
@NullMarked
package io.dragoman.app.ticket;

import org.jspecify.annotations.NullMarked;
