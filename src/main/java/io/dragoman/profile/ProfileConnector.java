// SPDX-License-Identifier: Apache-2.0
package io.dragoman.profile;

import io.dragoman.connector.Account;
import io.dragoman.connector.Acknowledgement;
import io.dragoman.connector.AuthenticationFailed;
import io.dragoman.connector.Connector;
import io.dragoman.connector.InvalidProfile;
import io.dragoman.connector.Jwks;
import io.dragoman.connector.JwksSource;
import io.dragoman.connector.JwksWebhook;
import io.dragoman.connector.OAuthLogin;
import io.dragoman.connector.Profiled;
import io.dragoman.connector.Request;
import io.dragoman.connector.Setting;
import io.dragoman.connector.TokenGrant;
import io.dragoman.connector.Transport;
import io.dragoman.connector.Verified;
import io.dragoman.connector.WebhookSetup;
import io.dragoman.connector.kit.PublicUrls;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the connectors without code have in common, whatever their side: they find profiles, and take webhooks as theirs
 * says. Without a profile one only knows how to find one.
 *
 * @param <P> the profiles of its side
 */
public abstract class ProfileConnector<P extends Profile> implements JwksWebhook, WebhookSetup, Profiled, OAuthLogin {
    private final ProfileFiles<P> files;
    private final @Nullable P profile;

    protected ProfileConnector(ProfileFiles<P> files, @Nullable P profile) {
        this.files = files;
        this.profile = profile;
    }

    /** The connector that speaks as a profile says; without one that which finds profiles. */
    protected abstract Connector speaking(@Nullable P named);

    /** The settings of an account beside those that the profile itself declares. */
    protected abstract List<Setting<?>> further(P named);

    /** Its profile; null for the one that finds profiles. */
    protected final @Nullable P profile() {
        return profile;
    }

    /** Its profile, where an account has it. */
    protected final P known() {
        if (profile == null) {
            throw new IllegalStateException("an account of kind http without a profile; checking must refuse it");
        }
        return profile;
    }

    /** The word for it in configuration, on either side. */
    public final String kind() {
        return "http";
    }

    /** The one that names the profile, those of the profile, and what its ways of proving need. */
    public final List<Setting<?>> settings() {
        if (profile == null) {
            return List.of(ProfileFiles.SETTING);
        }
        List<Setting<?>> settings = new ArrayList<>();
        settings.add(ProfileFiles.setting(profile));
        settings.addAll(profile.settings());
        if (profile.receiving() != null && profile.receiving().signsAddress()) {
            settings.add(PublicUrls.WEBHOOK_URL);
            settings.add(PublicUrls.TRUST_PROXY);
        }
        settings.addAll(further(profile));
        return List.copyOf(settings);
    }

    @Override
    public List<String> profiles(Path home) {
        return files.names(home);
    }

    @Override
    public Connector profile(String name, Path home) throws InvalidProfile {
        return speaking(files.find(name, home));
    }

    @Override
    public String source(String name, Path home) throws InvalidProfile {
        return files.source(name, home);
    }

    @Override
    public Connector profile(Path file) throws InvalidProfile {
        return speaking(files.read(file));
    }

    @Override
    public boolean describes(Path file) {
        return files.describes(file);
    }

    @Override
    public Connector of(Account account) {
        return speaking(files.of(account).orElse(profile));
    }

    @Override
    public boolean receivesWebhooks(Account account) {
        return profile != null && profile.receiving() != null;
    }

    /** By hand: the address with the names of secrets that stand in it, where they do, in their place. */
    @Override
    public Plan plan(Account account) {
        return profile == null || profile.receiving() == null
                ? new Plan(true, List.of())
                : new Plan(false, CallbackStep.of(profile, account));
    }

    @Override
    public Optional<String> connect(Account account, Transport transport) {
        return Optional.empty(); // the plan is for a person
    }

    /** With its own secret, where the profile fetches access tokens. */
    @Override
    public Optional<Client> oauth(Account account) {
        try {
            P named = files.of(account).orElse(profile);
            List<TokenGrant> grants = named == null ? List.of() : named.grants(account);
            return grants.isEmpty() ? Optional.empty() : Optional.of(new Client(grants, null, null, "", null, null));
        } catch (ExpressionFailed e) {
            return Optional.empty(); // its requests fail by the same, and say so
        }
    }

    @Override
    public boolean takesBelow() {
        return profile != null
                && profile.receiving() != null
                && profile.receiving().takesBelow();
    }

    @Override
    public Set<String> headers() {
        return profile != null && profile.receiving() != null
                ? profile.receiving().needed()
                : Set.of();
    }

    @Override
    public Optional<JwksSource> jwks(Account account) {
        return profile == null || profile.receiving() == null
                ? Optional.empty()
                : profile.receiving().keys(account);
    }

    @Override
    public Verified verify(Account account, Request request, Jwks keys) throws AuthenticationFailed {
        if (profile == null || profile.receiving() == null) {
            throw new AuthenticationFailed(403, "nothing is posted to this account");
        }
        return profile.receiving().verify(account, request, keys);
    }

    @Override
    public Acknowledgement acknowledge(Account account, Request request) {
        return profile == null || profile.receiving() == null
                ? Acknowledgement.OK
                : new InboundAnswer(profile.receiving(), profile.title()).to(account, request);
    }
}
