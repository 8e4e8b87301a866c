// SPDX-License-Identifier: Apache-2.0
package io.dragoman.profile;

import io.dragoman.connector.Account;
import io.dragoman.connector.HttpCall;
import io.dragoman.connector.Setting;
import io.dragoman.connector.Side;
import io.dragoman.connector.TokenGrant;
import java.net.URI;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A provider as a file describes it, read and checked: what both sides have of it. Immutable; two are equal when their
 * name and text are, so that an account changes with its profile's file.
 */
public abstract class Profile {
    /** Where the provider's API is; each profile that sends or fetches media has it. */
    public static final String BASE_URL = "baseUrl";

    private final Head head;

    /**
     * What every profile has.
     *
     * @param name the file's name without its ending
     * @param source the file's text
     * @param title the provider's name, which begins the sentences for the operator
     * @param about one sentence
     * @param settings those of an account, without the one that names the profile
     * @param setUp what a person does at the provider, a sentence each, with <code>{callback}</code> for our address
     * @param unverified what of it nobody has checked at the provider
     * @param sending what the requests that send carry; null when nothing is sent
     * @param mediaLogin what a request for media at the provider's own address carries; null for nothing
     * @param receiving null when the provider posts nothing
     */
    public record Head(
            String name,
            String source,
            String title,
            String about,
            List<Setting<?>> settings,
            List<String> setUp,
            List<String> unverified,
            @Nullable CallTemplate sending,
            @Nullable CallTemplate mediaLogin,
            @Nullable Receiving receiving) {
        public Head {
            settings = List.copyOf(settings);
            setUp = List.copyOf(setUp);
            unverified = List.copyOf(unverified);
        }
    }

    protected Profile(Head head) {
        this.head = head;
    }

    /** The side of the gateway that it is for. */
    protected abstract Side side();

    /** The file's name without its ending. */
    public String name() {
        return head.name();
    }

    /** The provider's name, which begins the sentences for the operator. */
    public String title() {
        return head.title();
    }

    /** One sentence for lists. */
    public String about() {
        return head.about();
    }

    /** Those of an account, without the one that names the profile. */
    public List<Setting<?>> settings() {
        return head.settings();
    }

    /** What a person does at the provider, with our address in the form of an example. */
    public List<String> setUp() {
        return head.setUp().isEmpty() ? List.of() : CallbackStep.in(head.setUp(), CallbackStep.example(this));
    }

    /** The same with {@code {callback}} where our address is to stand. */
    List<String> setUpTexts() {
        return head.setUp();
    }

    /** What of it nobody has checked at the provider. */
    public List<String> unverified() {
        return head.unverified();
    }

    /**
     * A GET of a file: where it is at the provider's own address, trusted and with the credentials of {@code media}.
     * Anything else stays as it is.
     */
    public HttpCall file(Account account, HttpCall get) throws ExpressionFailed {
        CallTemplate login = head.mediaLogin();
        Optional<URI> base = base(account);
        if (login == null || base.isEmpty() || !HttpCall.sameOrigin(base.get(), get.uri())) {
            return get;
        }
        HttpCall own = login.login(get.trusting(base.get()), Map.of("settings", SettingText.all(account)));
        // only Authorization stays behind when a redirect leads to another host
        return own.headers().isEmpty() ? own : own.follow(0);
    }

    /** How an account gets the access token with which {@link #file} at the provider's own address is fetched. */
    public Optional<TokenGrant> fileGrant(Account account, HttpCall file) throws ExpressionFailed {
        CallTemplate login = head.mediaLogin();
        Optional<URI> base = base(account);
        return login == null || base.isEmpty() || !HttpCall.sameOrigin(base.get(), file.uri())
                ? Optional.empty()
                : login.grant(account);
    }

    /** How an account gets its access tokens; none where it needs none. */
    List<TokenGrant> grants(Account account) throws ExpressionFailed {
        Set<TokenGrant> grants = new LinkedHashSet<>();
        for (CallTemplate login : Arrays.asList(head.sending(), head.mediaLogin())) {
            if (login != null) {
                login.grant(account).ifPresent(grants::add);
            }
        }
        return List.copyOf(grants);
    }

    /** How webhooks are verified and taken apart; null when the provider posts nothing. */
    public @Nullable Receiving receiving() {
        return head.receiving();
    }

    /** Where the provider of an account is; empty where the profile has no address. */
    public Optional<URI> base(Account account) {
        return Optional.ofNullable((URI) account.values().get(BASE_URL));
    }

    /** Where the provider is to call an account, with the secret that the address must have. */
    public String callback(Account account) {
        Receiving receiving = receiving();
        return receiving == null ? account.callback().toString() : receiving.callback(account);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Profile profile
                && name().equals(profile.name())
                && head.source().equals(profile.head.source());
    }

    @Override
    public int hashCode() {
        return head.source().hashCode();
    }

    @Override
    public String toString() {
        return name();
    }
}
