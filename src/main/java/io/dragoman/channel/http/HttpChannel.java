// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.http;

import io.dragoman.connector.Account;
import io.dragoman.connector.Acknowledgement;
import io.dragoman.connector.AuthenticationFailed;
import io.dragoman.connector.Channel;
import io.dragoman.connector.Connector;
import io.dragoman.connector.Features;
import io.dragoman.connector.InvalidProfile;
import io.dragoman.connector.Limits;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.MediaSource;
import io.dragoman.connector.OnUncertain;
import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.Profiled;
import io.dragoman.connector.Request;
import io.dragoman.connector.RetrySafety;
import io.dragoman.connector.Setting;
import io.dragoman.connector.Signature;
import io.dragoman.connector.Transport;
import io.dragoman.connector.Verified;
import io.dragoman.connector.Webhook;
import io.dragoman.connector.WritesFirst;
import io.dragoman.connector.kit.PublicUrls;
import io.dragoman.connector.kit.SmsSender;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.CustomerEvent.Sender;
import io.dragoman.model.Part;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The channel without code: what a profile says of its provider. Without a profile it only knows how to find one. */
public final class HttpChannel implements Channel, Webhook, MediaSource, WritesFirst, Profiled {
    private final @Nullable Profile profile;

    /** The one that finds profiles. */
    public HttpChannel() {
        this(null);
    }

    HttpChannel(@Nullable Profile profile) {
        this.profile = profile;
    }

    @Override
    public String kind() {
        return "http";
    }

    @Override
    public String description() {
        return profile == null
                ? "Any provider that a profile describes, without code: docs/profiles.md."
                : profile.description().about();
    }

    @Override
    public Features features() {
        return profile == null
                ? Features.receives("webhook")
                        .sends("text, media, templates")
                        .receipts("as the profile says")
                        .verification("as the profile says")
                        .needs(SETTING)
                : profile.features();
    }

    @Override
    public List<Setting<?>> settings() {
        if (profile == null) {
            return List.of(ProfileFiles.SETTING);
        }
        List<Setting<?>> settings = new ArrayList<>();
        settings.add(ProfileFiles.setting(profile));
        settings.addAll(profile.settings());
        if (signsAddress()) {
            settings.add(PublicUrls.WEBHOOK_URL);
            settings.add(PublicUrls.TRUST_PROXY);
        }
        if (profile.sending() != null && retrySafety() == RetrySafety.NEITHER) {
            settings.add(OnUncertain.SETTING);
        }
        return List.copyOf(settings);
    }

    @Override
    public List<String> profiles(Path home) {
        return ProfileFiles.names(home);
    }

    @Override
    public Connector profile(String name, Path home) throws InvalidProfile {
        return new HttpChannel(ProfileFiles.find(name, home));
    }

    @Override
    public Connector profile(Path file) throws InvalidProfile {
        return new HttpChannel(ProfileFiles.read(file));
    }

    @Override
    public Connector of(Account account) {
        return account.values().get(SETTING) instanceof Profile named ? new HttpChannel(named) : this;
    }

    @Override
    public boolean receivesWebhooks(Account account) {
        return profile != null && profile.receiving() != null;
    }

    @Override
    public boolean takesBelow() {
        return profile != null
                && profile.receiving() != null
                && profile.receiving().checks().stream().anyMatch(Check::inPath);
    }

    @Override
    public Set<String> headers() {
        Set<String> headers = new TreeSet<>();
        if (profile != null && profile.receiving() != null) {
            headers.addAll(profile.receiving().headers());
            profile.receiving().checks().forEach(check -> headers.addAll(check.headers()));
            headers.addAll(signsAddress() ? PublicUrls.HEADERS : Set.of());
        }
        return headers;
    }

    private boolean signsAddress() {
        return profile != null
                && profile.receiving() != null
                && profile.receiving().checks().stream().anyMatch(Check::signsAddress);
    }

    /** Every check of the profile must hold; one without any takes only what {@code insecure} lets through. */
    @Override
    public Verified verify(Account account, Request request) throws AuthenticationFailed {
        Receiving receiving = profile == null ? null : profile.receiving();
        if (receiving == null) {
            throw new AuthenticationFailed(403, "nothing is posted to this channel");
        }
        Verified verified = null;
        for (Check check : receiving.checks()) {
            verified = check.verify(account, request);
        }
        return verified == null ? Signature.unsigned(account, request) : verified;
    }

    @Override
    public List<CustomerEvent> read(Account account, Verified verified) throws MalformedPayload {
        Receiving receiving = profile == null ? null : profile.receiving();
        if (profile == null || receiving == null) {
            throw new MalformedPayload("the profile reads nothing");
        }
        return new InboundReader(receiving, profile.title()).read(verified.request());
    }

    @Override
    public Acknowledgement acknowledge(Account account, Request request) {
        return profile == null || profile.receiving() == null
                ? Acknowledgement.OK
                : profile.receiving().answer();
    }

    @Override
    public Outcome send(Account account, ToCustomer message, Transport transport) {
        return new io.dragoman.channel.http.Sender(account, known()).send(message, transport);
    }

    @Override
    public Outcome fetch(Account account, Part.Media media, Request origin, Transport transport) {
        return new MediaFetch(account, known()).fetch(media, transport);
    }

    @Override
    public Limits limits(Account account) {
        return known().limits();
    }

    @Override
    public RetrySafety retrySafety() {
        return profile != null && profile.sending() != null && profile.sending().idempotent()
                ? RetrySafety.IDEMPOTENT
                : RetrySafety.NEITHER;
    }

    @Override
    public Sender recipient(Account account, String address) throws MalformedPayload {
        if (known().description().identity() != null) {
            throw new MalformedPayload("cannot be written to first: on this channel the customer begins");
        }
        return SmsSender.person(address).sender();
    }

    private Profile known() {
        if (profile == null) {
            throw new IllegalStateException("an account of kind http without a profile; checking must refuse it");
        }
        return profile;
    }
}
