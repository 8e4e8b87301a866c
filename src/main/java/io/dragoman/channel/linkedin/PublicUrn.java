// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.linkedin;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The URN of a comment or post. A comment's is {@code urn:li:comment:(urn:li:activity:70,6308)}, or the same with a short
 * {@code activity:70} inside; everything that was written below one comment has that comment as its root.
 *
 * @param text in the long form
 * @param post what was posted: of a comment, the post that it stands below
 * @param id the comment's own; null of a post
 */
record PublicUrn(String text, String post, @Nullable String id) {
    private static final String ADDRESS = "public:";
    private static final Pattern POST =
            Pattern.compile("(?:urn:li:)?((?:activity|share|ugcPost|groupPost|article):[0-9A-Za-z_-]{1,64})");
    private static final Pattern COMMENT =
            Pattern.compile("urn:li:comment:\\(" + POST.pattern() + ",([0-9A-Za-z_-]{1,64})\\)");

    /** What a text names; nothing when it is neither. */
    static Optional<PublicUrn> of(@Nullable String text) {
        String given = text == null ? "" : text.strip();
        Matcher comment = COMMENT.matcher(given);
        if (comment.matches()) {
            return Optional.of(comment("urn:li:" + comment.group(1), comment.group(2)));
        }
        Matcher post = POST.matcher(given);
        return post.matches() ? Optional.of(post("urn:li:" + post.group(1))) : Optional.empty();
    }

    /** A comment below a post. */
    static PublicUrn comment(String post, String id) {
        return new PublicUrn("urn:li:comment:(" + post + "," + id + ")", post, id);
    }

    private static PublicUrn post(String urn) {
        return new PublicUrn(urn, urn, null);
    }

    /** From the address of a conversation. */
    static Optional<PublicUrn> ofAddress(String address) {
        return address.startsWith(ADDRESS) ? of(address.substring(ADDRESS.length())) : Optional.empty();
    }

    /** What a comment stands below; a post itself. */
    PublicUrn itsPost() {
        return post(post);
    }

    boolean isComment() {
        return id != null;
    }

    /** The address of the conversation whose root this is, and its lane. */
    String address() {
        return ADDRESS + text;
    }

    /** Where people read it. */
    String link() {
        return "https://www.linkedin.com/feed/update/" + post + "/";
    }
}
