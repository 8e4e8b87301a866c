// SPDX-License-Identifier: Apache-2.0
package io.dragoman.http.s3;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The object store refused a request. The message has its code and what to do, never what else it said. */
final class S3Refused extends IOException {
    private static final long serialVersionUID = 1L;
    private static final Pattern CODE = Pattern.compile("<Code>([A-Za-z0-9.]{1,64})</Code>");
    private static final Pattern REGION = Pattern.compile("<Region>([a-z0-9-]{1,40})</Region>");

    private final int status;
    private final String code;

    private S3Refused(int status, String code, String message) {
        super(message);
        this.status = status;
        this.code = code;
    }

    /** @param body what it said, as far as it was read */
    static S3Refused of(String bucket, int status, String body) {
        Matcher found = CODE.matcher(body);
        String code = found.find() ? found.group(1) : "";
        String said = "the bucket " + bucket + " answered " + status + (code.isEmpty() ? "" : " " + code);
        String advice = advice(status, code, body);
        return new S3Refused(status, code, advice.isEmpty() ? said : said + ": " + advice);
    }

    /** Whether the same request may be taken a little later. */
    boolean passes() {
        return status >= 500 || status == 429 || status == 408;
    }

    /** Whether the object is missing, rather than all of them with their bucket. */
    boolean isMissing() {
        return status == 404 && !code.equals("NoSuchBucket");
    }

    private static String advice(int status, String code, String body) {
        return switch (code) {
            case "InvalidAccessKeyId" -> "it does not know store.s3.accessKey";
            case "SignatureDoesNotMatch" -> "store.s3.secretKey is not the secret of store.s3.accessKey";
            case "AccessDenied", "AllAccessDisabled", "AccountProblem" ->
                "the key of store.s3.accessKey may not do this; let it put, get and delete objects there";
            case "NoSuchBucket" -> "there is no such bucket; make it, or correct store.s3.bucket";
            case "RequestTimeTooSkewed" -> "the clock of this machine is wrong";
            case "AuthorizationHeaderMalformed",
                    "PermanentRedirect",
                    "TemporaryRedirect",
                    "IllegalLocationConstraint" ->
                "it is in another region" + region(body) + "; correct store.s3.region and store.s3.endpoint";
            default -> status == 403 ? "the key of store.s3.accessKey is refused" : "";
        };
    }

    private static String region(String body) {
        Matcher found = REGION.matcher(body);
        return found.find() ? ", " + found.group(1) : "";
    }
}
