// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How conversations go on.
 *
 * @param desk where they go unless a rule says otherwise; null when there is no desk
 * @param reopenWithin how long after closing a message reopens a conversation
 * @param mediaWait how long a forward waits for media
 */
public record ConversationPolicy(@Nullable String desk, Duration reopenWithin, Duration mediaWait) {}
