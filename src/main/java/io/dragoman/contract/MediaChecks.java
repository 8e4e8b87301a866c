// SPDX-License-Identifier: Apache-2.0
package io.dragoman.contract;

import io.dragoman.connector.HttpCall;
import io.dragoman.connector.MediaSource;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.Request;
import io.dragoman.connector.Response;
import io.dragoman.connector.TransportFailure;
import io.dragoman.model.Part;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Where the account's credentials go when media are fetched. */
final class MediaChecks {
    static final String GROUP = "media";
    private static final String STRANGER = "stranger.example";

    private MediaChecks() {}

    static List<ContractCheck> all() {
        return List.of(
                new ContractCheck(
                        GROUP,
                        "a stranger's link",
                        "A link in a message gets neither trust nor credentials, however it is written.",
                        MediaChecks::stranger),
                new ContractCheck(
                        GROUP,
                        "a source that is no link",
                        "Files of this machine and words of no sense are refused, not opened.",
                        MediaChecks::nonsense));
    }

    private static void stranger(ConnectorSample sample) {
        URI provider = URI.create("https://provider.example:8443");
        for (String link : List.of(
                "https://stranger.example/picture.jpg",
                "http://stranger.example:8443/picture.jpg",
                "https://provider.example@stranger.example/picture.jpg",
                "https://provider.example:8443@stranger.example/picture.jpg",
                "https://provider.example.stranger.example/picture.jpg",
                "https://provider.example:8443.stranger.example/picture.jpg",
                "https://stranger.example/https://provider.example:8443/",
                "https://stranger.example#@provider.example:8443/",
                "https://stranger.example\\@provider.example:8443/",
                "//stranger.example/picture.jpg")) {
            for (HttpCall call : fetch(sample, provider, link)) {
                String host = String.valueOf(call.uri().getHost());
                if (!host.equals("provider.example")) {
                    strange(call, sample.secrets());
                }
            }
        }
    }

    /** A call to somebody who is not the provider. */
    static void strange(HttpCall call, List<String> secrets) {
        URI uri = call.uri();
        Expect.that(!call.isTrusted(), "a call to " + uri + " that is trusted", "one that is guarded");
        Expect.that(call.authorization() == null, "credentials for " + uri, "none");
        Expect.hides(uri.toString(), secrets);
        call.headers().values().forEach(value -> Expect.hides(value, secrets));
    }

    private static void nonsense(ConnectorSample sample) {
        URI provider = URI.create("https://provider.example:8443");
        for (String source : List.of(
                "file:///etc/hostname",
                "jar:file:/a.jar!/b",
                "ftp://" + STRANGER + "/a",
                "http://",
                "a b\n",
                "../..")) {
            for (HttpCall call : fetch(sample, provider, source)) {
                String scheme = String.valueOf(call.uri().getScheme());
                Expect.that(scheme.matches("https?"), "a call by " + scheme, "http or https");
            }
        }
    }

    /** The calls that are made for media from there; each is answered with 404. */
    private static List<HttpCall> fetch(ConnectorSample sample, URI provider, String link) {
        if (!(sample.connector() instanceof MediaSource source)) {
            throw new NotApplicable("it fetches no media");
        }
        Part.Media media = Part.Media.incoming(Part.MediaKind.IMAGE, "image/jpeg", null, null, link);
        Request origin = Request.polled("test", new byte[0], Instant.EPOCH);
        NoWire wire = new NoWire(sample.clock());
        Outcome outcome = source.fetch(sample.account(provider), media, origin, wire);
        Expect.that(!(outcome instanceof Outcome.Fetched), "media from " + link, "none: nobody answered with any");
        Expect.hides(outcome.toString(), sample.secrets());
        return wire.calls();
    }

    /** Nothing leaves: each call is noted, and answered with 404. */
    private static final class NoWire extends ContractTransport {
        NoWire(Clock clock) {
            super(Sending.PATIENCE, clock);
        }

        @Override
        public Response http(HttpCall call) throws TransportFailure {
            calls().add(call);
            return new Response(404, Map.of(), new byte[0]);
        }

        @Override
        public Download download(HttpCall call, long largest) throws TransportFailure {
            return new Download.Answered(http(call));
        }
    }
}
