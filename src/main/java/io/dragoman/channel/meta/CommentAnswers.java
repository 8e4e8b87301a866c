// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.meta;

import io.dragoman.connector.Setting;

/** Where a public comment is answered. */
public enum CommentAnswers {
    /** Below it, for all to see. */
    PUBLIC,
    /** In a message to its author, which Meta allows once for each comment, within seven days. */
    PRIVATE;

    /** The setting, one of every channel that reads comments. */
    public static final Setting<CommentAnswers> SETTING = Setting.choice(
                    "commentAnswers",
                    "Where comments are answered: public (below the comment, for all to see) or private (in a message to"
                            + " its author, once for each comment and within 7 days).",
                    CommentAnswers.class)
            .or("public");
}
