// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.teams;

import io.dragoman.connector.kit.HtmlText;
import io.dragoman.connector.kit.JsonFields;
import io.dragoman.connector.kit.PartList;
import io.dragoman.model.Part;
import io.dragoman.model.Part.MediaKind;
import java.net.URLConnection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jspecify.annotations.Nullable;

/** What somebody wrote, attached or submitted. */
final class ActivityContent {
    private static final String FILE = "application/vnd.microsoft.teams.file.download.info";
    private static final String HTML = "text/html";
    private static final Pattern QUOTE =
            Pattern.compile("itemtype=\"http://schema\\.skype\\.com/Reply\"[^>]{0,200}itemid=\"(\\d{1,20})\"");

    private ActivityContent() {}

    static List<Part> parts(JsonFields activity) {
        PartList parts = new PartList().text(text(activity));
        ChoiceCard.read(activity.inner("value"), parts);
        for (JsonFields attachment : activity.each("attachments")) {
            attach(attachment, parts);
        }
        return parts.parts().isEmpty() ? List.of(new Part.Unsupported("message", activity.raw())) : parts.parts();
    }

    private static @Nullable String text(JsonFields activity) {
        String text = activity.word("text");
        if (text == null) {
            return activity.each("attachments").stream()
                    .filter(ActivityContent::isHtml)
                    .map(html -> html.word("content"))
                    .filter(html -> html != null)
                    .findFirst()
                    .map(ActivityContent::shown)
                    .orElse(null);
        }
        String us = activity.inner("recipient").word("id");
        for (JsonFields entity : activity.each("entities")) {
            String mark = entity.word("text");
            JsonFields who = entity.inner("mentioned");
            if ("mention".equals(entity.word("type")) && mark != null) {
                boolean ours = us != null && us.equals(who.word("id"));
                String name = who.word("name");
                // behind a mention a client may write its space as an entity
                text = ours
                        ? text.replace(mark, "").replace("&nbsp;", " ")
                        : text.replace(mark, "@" + (name == null ? shown(mark) : name));
            }
        }
        return ("xml".equals(activity.word("textFormat")) ? shown(text) : text).strip();
    }

    private static String shown(String html) {
        return HtmlText.of(Jsoup.parse(html)).strip();
    }

    private static boolean isHtml(JsonFields attachment) {
        return HTML.equals(attachment.word("contentType"));
    }

    /** The same words in HTML are a copy of the text. */
    private static void attach(JsonFields attachment, PartList parts) {
        String type = attachment.word("contentType");
        String name = attachment.word("name");
        if (isHtml(attachment)) {
            return;
        }
        boolean file = FILE.equals(type);
        String source = file ? attachment.inner("content").word("downloadUrl") : attachment.word("contentUrl");
        if (source == null) {
            parts.other("attachment", attachment.raw());
        } else if (file) {
            String guess = name == null ? null : URLConnection.guessContentTypeFromName(name);
            parts.media(kind(guess), guess, name, source, null);
        } else {
            // image/* says that any type may be behind it
            boolean exact = type != null && type.matches("[\\w.+-]+/[\\w.+-]+");
            parts.media(kind(type), exact ? type : null, name, source, null);
        }
    }

    private static MediaKind kind(@Nullable String mimeType) {
        return MediaKind.of(mimeType == null ? "" : mimeType);
    }

    /** The id of the message that this one answers: the one that it quotes, else as Teams says. */
    static @Nullable String answers(JsonFields activity) {
        for (JsonFields attachment : activity.each("attachments")) {
            String html = isHtml(attachment) ? attachment.word("content") : null;
            Matcher quote = QUOTE.matcher(html == null ? "" : html);
            if (quote.find()) {
                return quote.group(1);
            }
        }
        String answers = activity.word("replyToId");
        return answers == null || answers.equals(activity.word("id")) ? null : answers;
    }
}
