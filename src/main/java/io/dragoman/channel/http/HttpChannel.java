// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.http;

import com.google.auto.service.AutoService;
import io.dragoman.connector.Account;
import io.dragoman.connector.Channel;
import io.dragoman.connector.Connector;
import io.dragoman.connector.CustomerLookup;
import io.dragoman.connector.Features;
import io.dragoman.connector.Limits;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.MediaSource;
import io.dragoman.connector.OnUncertain;
import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.Request;
import io.dragoman.connector.RetrySafety;
import io.dragoman.connector.Setting;
import io.dragoman.connector.Transport;
import io.dragoman.connector.Verified;
import io.dragoman.connector.WritesFirst;
import io.dragoman.connector.kit.SmsSender;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.CustomerEvent.Sender;
import io.dragoman.model.Identity;
import io.dragoman.model.Part;
import io.dragoman.profile.InboundReader;
import io.dragoman.profile.Profile;
import io.dragoman.profile.ProfileConnector;
import io.dragoman.profile.ProfileFiles;
import io.dragoman.profile.Receiving;
import io.dragoman.profile.SettingText;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The channel without code: what a profile says of its provider. Without a profile it only knows how to find one. */
@AutoService(Connector.class)
public final class HttpChannel extends ProfileConnector<ChannelProfile>
        implements Channel, MediaSource, WritesFirst, CustomerLookup {
    private static final Setting<Duration> AGE = Setting.duration(
                    "lookUpAge", "How long what is known of a customer is good; then the next message asks again.")
            .or("1h");
    private static final Setting<Duration> TIMEOUT = Setting.duration(
                    "lookUpTimeout", "How long a message waits for what is known of its customer.")
            .matching("(10|[1-9])s", "must be 1s to 10s")
            .or("2s");

    private static final ProfileFiles<ChannelProfile> FILES =
            new ProfileFiles<>("names.txt", ChannelProfile.class, new ChannelProfileReader());

    /** The one that finds profiles. */
    public HttpChannel() {
        this(null);
    }

    HttpChannel(@Nullable ChannelProfile profile) {
        super(FILES, profile);
    }

    @Override
    protected Connector speaking(@Nullable ChannelProfile named) {
        return new HttpChannel(named);
    }

    @Override
    public String description() {
        ChannelProfile profile = profile();
        return profile == null
                ? "Any provider that a profile describes, without code: docs/profiles.md."
                : profile.about();
    }

    @Override
    public Features features() {
        ChannelProfile profile = profile();
        return profile == null
                ? Features.receives("webhook")
                        .sends("text, media, choices, templates")
                        .receipts("as the profile says")
                        .verification("as the profile says")
                        .needs(SETTING)
                        .missed("as the provider does it")
                        .begins("as the profile says")
                : profile.features();
    }

    @Override
    protected List<Setting<?>> further(ChannelProfile named) {
        List<Setting<?>> settings = new ArrayList<>();
        if (named.identity() == null) {
            settings.add(SmsSender.COUNTRY);
        }
        if (named.sending() != null && retrySafety() == RetrySafety.NEITHER) {
            settings.add(OnUncertain.SETTING);
        }
        if (named.looking() != null) {
            settings.add(AGE);
            settings.add(TIMEOUT);
        }
        return settings;
    }

    @Override
    public List<CustomerEvent> read(Account account, Verified verified) throws MalformedPayload {
        ChannelProfile profile = profile();
        Receiving receiving = profile == null ? null : profile.receiving();
        if (profile == null || receiving == null) {
            throw new MalformedPayload("the profile reads nothing");
        }
        return reader(profile, receiving, account).read(verified.request());
    }

    private static InboundReader<CustomerEvent> reader(ChannelProfile profile, Receiving receiving, Account account) {
        return new InboundReader<>(
                receiving,
                profile.title(),
                account.find(SmsSender.COUNTRY),
                profile.reader(),
                Map.of("settings", SettingText.open(account)));
    }

    @Override
    public Outcome send(Account account, ToCustomer message, Transport transport) {
        return new io.dragoman.channel.http.Sender(account, known()).send(message, transport);
    }

    @Override
    public Outcome fetch(Account account, Part.Media media, Request origin, Transport transport) {
        Receiving receiving = known().receiving();
        Optional<InlineFile> inline = InlineFile.of(media);
        if (inline.isEmpty() || receiving == null) {
            return new MediaFetch(account, known()).fetch(media, transport);
        }
        return InlineFile.keep(
                media,
                known().reader()
                        .file(inline.get(), origin, reader(known(), receiving, account))
                        .orElse(null),
                MediaFetch.LARGEST,
                transport);
    }

    @Override
    public Set<String> askedBy(Account account) {
        ChannelProfile profile = profile();
        return profile == null
                        || profile.looking() == null
                        || profile.base(account).isEmpty()
                ? Set.of()
                : profile.looking().calls().keySet();
    }

    @Override
    public Duration age(Account account) {
        return account.get(AGE);
    }

    @Override
    public Duration bound(Account account) {
        return account.get(TIMEOUT);
    }

    @Override
    public Answer ask(Account account, Identity address, Transport transport) {
        Looking looking = known().looking();
        Optional<URI> base = known().base(account);
        return looking == null || base.isEmpty()
                ? new Answer.Failed("the account has no " + Profile.BASE_URL)
                : looking.ask(account, base.get(), address, bound(account), transport);
    }

    @Override
    public Limits limits(Account account) {
        return known().limits();
    }

    @Override
    public RetrySafety retrySafety() {
        ChannelProfile profile = profile();
        return profile != null && profile.sending() != null && profile.sending().idempotent()
                ? RetrySafety.IDEMPOTENT
                : RetrySafety.NEITHER;
    }

    @Override
    public Sender recipient(Account account, String address) throws MalformedPayload {
        if (known().identity() != null) {
            throw new MalformedPayload("cannot be written to first: on this channel the customer begins");
        }
        return SmsSender.person(address, account.find(SmsSender.COUNTRY)).sender();
    }
}
