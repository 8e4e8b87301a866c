// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.twilio;

import io.dragoman.connector.Account;
import io.dragoman.connector.Limits;
import io.dragoman.connector.Limits.MediaLimit;
import io.dragoman.model.Part.MediaKind;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the two kinds of sender can send (twilio.com/docs/messaging/guides/accepted-mime-types). */
final class SenderLimits {
    /** Twilio counts characters; counting UTF-16 units is never more generous. */
    private static final int LONGEST = 1600;

    private static final long MB = 1024 * 1024;

    /** Twilio makes pictures fit what carriers take; it does nothing for other media. */
    private static final Map<MediaKind, MediaLimit> MMS = Map.of(
            MediaKind.IMAGE, new MediaLimit(Set.of("image/jpeg", "image/png", "image/gif"), 5 * MB),
            MediaKind.AUDIO, MediaLimit.any(500_000),
            MediaKind.VIDEO, MediaLimit.any(500_000),
            MediaKind.FILE, limit(500_000, "application/pdf", "text/vcard", "text/csv", "text/rtf", "text/calendar"));

    private static final String OFFICE = "application/vnd.openxmlformats-officedocument.";

    private static final Map<MediaKind, MediaLimit> WHATSAPP = Map.of(
            MediaKind.IMAGE, limit(5 * MB, "image/jpeg", "image/png"),
            MediaKind.AUDIO, limit(16 * MB, "audio/ogg", "audio/amr", "audio/3gpp", "audio/aac", "audio/mpeg"),
            MediaKind.VIDEO, limit(16 * MB, "video/mp4"),
            MediaKind.STICKER, limit(100_000, "image/webp"),
            MediaKind.FILE,
                    limit(
                            16 * MB,
                            "application/pdf",
                            "application/msword",
                            OFFICE + "wordprocessingml.document",
                            OFFICE + "presentationml.presentation",
                            OFFICE + "spreadsheetml.sheet",
                            "text/vcard"));

    private SenderLimits() {}

    static Limits of(Account account) {
        if (account.find(Twilio.FROM)
                .map(TwilioAddress::of)
                .filter(TwilioAddress::isWhatsapp)
                .isPresent()) {
            // WhatsApp through Twilio throws away text beside a recording or document: text goes by itself
            return limits(0, WHATSAPP, true, Duration.ofHours(24));
        }
        return limits(LONGEST, account.get(Twilio.MMS) ? MMS : Map.of(), false, null);
    }

    private static Limits limits(
            int caption, Map<MediaKind, MediaLimit> media, boolean location, @Nullable Duration window) {
        return Limits.text(LONGEST, Limits.Unit.UTF_16)
                .caption(caption)
                .media(media)
                .location(location)
                .templates(true)
                .replyWindow(window)
                .build();
    }

    private static MediaLimit limit(long largest, String... types) {
        return new MediaLimit(Set.of(types), largest);
    }
}
