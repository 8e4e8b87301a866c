// SPDX-License-Identifier: Apache-2.0
/** What an agent does in a conversation. */
@NullMarked
package io.dragoman.app.agent;

import org.jspecify.annotations.NullMarked;
