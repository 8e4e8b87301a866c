// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.whatsapp;

import com.google.auto.service.AutoService;
import io.dragoman.channel.meta.GraphApi;
import io.dragoman.channel.meta.MetaChannel;
import io.dragoman.channel.meta.MetaPayload;
import io.dragoman.connector.Account;
import io.dragoman.connector.Connector;
import io.dragoman.connector.Features;
import io.dragoman.connector.Limits;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.MediaSource;
import io.dragoman.connector.OnUncertain;
import io.dragoman.connector.Outbound.ReadReceipt;
import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.ReadMarker;
import io.dragoman.connector.Request;
import io.dragoman.connector.Secret;
import io.dragoman.connector.Setting;
import io.dragoman.connector.Transport;
import io.dragoman.connector.WebhookSetup;
import io.dragoman.connector.WritesFirst;
import io.dragoman.connector.kit.JsonFields;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.Part;
import io.dragoman.model.Part.MediaKind;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** WhatsApp through Meta's Cloud API: https://developers.facebook.com/docs/whatsapp/cloud-api. */
@AutoService(Connector.class)
public final class WhatsApp implements MetaChannel, MediaSource, ReadMarker, WebhookSetup, WritesFirst {
    static final Setting<String> PHONE_NUMBER_ID = Setting.text(
                    "phoneNumberId",
                    "The Phone number ID under WhatsApp → API setup of the Meta app; it is not the phone number itself.")
            .matching("\\d{1,32}", "must be digits only: the Phone number ID, not the phone number")
            .need();
    static final Setting<Secret> ACCESS_TOKEN = Setting.secret(
                    "accessToken",
                    "Permanent token of a system user with the permissions whatsapp_business_messaging and"
                            + " whatsapp_business_management (Business settings → System users).")
            .need();
    static final Setting<Boolean> MARK_READ = Setting.flag(
                    "markRead",
                    "Whether customers see the blue ticks once their message was accepted; false keeps them grey.")
            .or("true");

    static final Setting<Boolean> TYPING = Setting.flag(
                    "typing",
                    "Whether customers see that somebody is writing, for 25 seconds or until the answer, once their"
                            + " message was accepted; only with markRead.")
            .or("false");

    private static final int MEGABYTE = 1024 * 1024;
    /** What WhatsApp itself carries at most. */
    private static final long LARGEST = 100L * MEGABYTE;

    private static final Limits GROUP_LIMITS = untappable().build();
    static final Limits LIMITS = untappable()
            .choices(3, 10)
            .choiceTexts(InteractiveContent.LONGEST_QUESTION, 20)
            .locationRequest(InteractiveContent.LONGEST_QUESTION)
            .choiceMedia(Sender.HEADERS.toArray(MediaKind[]::new))
            .cards(InteractiveContent.CARDS)
            .build();

    private static Limits.Builder untappable() {
        return Limits.text(4096, Limits.Unit.UTF_16)
                .caption(1024)
                .media(MediaKind.IMAGE, 5 * MEGABYTE, "image/jpeg", "image/png")
                .media(MediaKind.VIDEO, 16 * MEGABYTE, "video/mp4", "video/3gpp")
                .media(MediaKind.AUDIO, 16 * MEGABYTE, "audio/aac", "audio/mp4", "audio/mpeg", "audio/amr", "audio/ogg")
                .media(MediaKind.FILE, LARGEST)
                .media(MediaKind.STICKER, 100 * 1024, "image/webp")
                .location()
                .contacts()
                .templates()
                .replyWindow(Duration.ofHours(24));
    }

    @Override
    public String kind() {
        return "whatsapp";
    }

    @Override
    public String description() {
        return "WhatsApp business numbers through Meta's Cloud API.";
    }

    @Override
    public Features features() {
        return Features.receives("Cloud API webhook")
                .sends("text, media, buttons, links, lists, templates")
                .receipts("sent, delivered, read")
                .verification("HMAC-SHA256 of the raw body")
                .needs("phoneNumberId", "accessToken", "appSecret", "verifyToken")
                .setUp(
                        "At developers.facebook.com, make an app with WhatsApp; copy its app secret, and of "
                                + "the number its phone number id.",
                        "Of a system user with whatsapp_business_messaging and whatsapp_business_management, "
                                + "make a token without an end. Invent a verifyToken.")
                .missed("Meta tries a webhook for 7 days; it has no list to ask")
                .begins("a template alone, which only the API can send (`parts`): WhatsApp takes nothing "
                        + "else from a business until the customer has answered");
    }

    @Override
    public Plan plan(Account account) {
        return NumberCallback.plan(account);
    }

    @Override
    public Optional<String> connect(Account account, Transport transport) {
        return NumberCallback.connect(account, transport);
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(
                PHONE_NUMBER_ID,
                ACCESS_TOKEN,
                GraphApi.TOKEN_EXPIRES,
                APP_SECRET,
                VERIFY_TOKEN,
                GraphApi.BASE_URL,
                GraphApi.API_VERSION,
                MARK_READ,
                TYPING,
                OnUncertain.SETTING);
    }

    @Override
    public Setting<String> recipientSetting() {
        return PHONE_NUMBER_ID;
    }

    @Override
    public String recipient(Account account) {
        return account.get(PHONE_NUMBER_ID);
    }

    @Override
    public Set<String> recipients(MetaPayload payload) {
        return payload.elements("changes").stream()
                .map(WhatsApp::number)
                .flatMap(Stream::ofNullable)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** The id of the number that a change concerns. */
    static @Nullable String number(JsonFields change) {
        return change.inner("value").inner("metadata").word("phone_number_id");
    }

    @Override
    public void read(Account account, MetaPayload payload) throws MalformedPayload {
        payload.expect("whatsapp_business_account");
        new InboundReader(payload).read(recipient(account));
    }

    @Override
    public Outcome send(Account account, ToCustomer message, Transport transport) {
        return new Sender(api(account, transport)).send(message);
    }

    @Override
    public boolean marksRead(Account account) {
        return account.get(MARK_READ);
    }

    @Override
    public Outcome markRead(Account account, ReadReceipt receipt, Transport transport) {
        return new Sender(api(account, transport))
                .markRead(receipt.externalId(), account.find(TYPING).orElse(false));
    }

    @Override
    public Outcome fetch(Account account, Part.Media media, Request origin, Transport transport) {
        return api(account, transport).fetch(media, LARGEST);
    }

    @Override
    public CustomerEvent.Sender recipient(Account account, String address) throws MalformedPayload {
        return CustomerNames.recipient(address);
    }

    @Override
    public Limits limits(Account account) {
        return LIMITS;
    }

    /** A group takes nothing with something to tap. */
    @Override
    public Limits limits(Account account, String address) {
        return address.startsWith(CustomerNames.GROUP) ? GROUP_LIMITS : LIMITS;
    }

    static GraphApi api(Account account, Transport transport) {
        return new GraphApi(account, account.get(ACCESS_TOKEN), ErrorTable.CODES, transport);
    }
}
