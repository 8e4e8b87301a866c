// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.twilio;

import io.dragoman.connector.Account;
import io.dragoman.connector.Limits;
import io.dragoman.connector.Limits.Unit;
import io.dragoman.model.Part.MediaKind;
import java.time.Duration;

/** What the two kinds of sender can send (twilio.com/docs/messaging/guides/accepted-mime-types). */
final class SenderLimits {
    /** Twilio counts characters; counting UTF-16 units is never more generous. */
    private static final int LONGEST = 1600;

    private static final long MB = 1024 * 1024;

    private static final Limits SMS =
            Limits.text(LONGEST, Unit.UTF_16).caption(LONGEST).templates().build();

    /** Twilio makes pictures fit what carriers take; it does nothing for other media. */
    private static final Limits MMS = Limits.text(LONGEST, Unit.UTF_16)
            .caption(LONGEST)
            .media(MediaKind.IMAGE, 5 * MB, "image/jpeg", "image/png", "image/gif")
            .media(MediaKind.AUDIO, 500_000)
            .media(MediaKind.VIDEO, 500_000)
            .media(MediaKind.FILE, 500_000, "application/pdf", "text/vcard", "text/csv", "text/rtf", "text/calendar")
            .templates()
            .build();

    private static final String OFFICE = "application/vnd.openxmlformats-officedocument.";

    /** WhatsApp through Twilio throws away text beside a recording or document: text goes by itself. */
    private static final Limits WHATSAPP = Limits.text(LONGEST, Unit.UTF_16)
            .media(MediaKind.IMAGE, 5 * MB, "image/jpeg", "image/png")
            .media(MediaKind.AUDIO, 16 * MB, "audio/ogg", "audio/amr", "audio/3gpp", "audio/aac", "audio/mpeg")
            .media(MediaKind.VIDEO, 16 * MB, "video/mp4")
            .media(MediaKind.STICKER, 100_000, "image/webp")
            .media(
                    MediaKind.FILE,
                    16 * MB,
                    "application/pdf",
                    "application/msword",
                    OFFICE + "wordprocessingml.document",
                    OFFICE + "presentationml.presentation",
                    OFFICE + "spreadsheetml.sheet",
                    "text/vcard")
            .location()
            .templates()
            .replyWindow(Duration.ofHours(24))
            .build();

    private SenderLimits() {}

    static Limits of(Account account) {
        if (account.find(Twilio.FROM)
                .map(TwilioAddress::of)
                .filter(TwilioAddress::isWhatsapp)
                .isPresent()) {
            return WHATSAPP;
        }
        return account.get(Twilio.MMS) ? MMS : SMS;
    }
}
