// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.email;

import io.dragoman.channel.email.ProgramReplies.Reply;
import java.util.List;

/** Replies of programs that no rule was made for. */
final class HeldOutReplies {
    private HeldOutReplies() {}

    static List<Reply> all() {
        return List.of();
    }
}
