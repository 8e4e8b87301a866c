// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.mail;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Who wrote a mail, and where an answer goes. Web forms and mailing lists put an address of their own into From: then
 * the person is who Reply-To or the list's own fields name, or all the form's customers would be one.
 *
 * @param person who wrote; unknown where the mail names nobody
 * @param answerTo where they want answers
 * @param direct whether From itself names them, so that what a server found out about From holds for them
 * @param machine the address that tells whether a machine wrote
 * @param ownList whether it came over a mailing list whose address is ours, which is a mailbox by another name
 */
public record Correspondent(MailAddress person, String answerTo, boolean direct, String machine, boolean ownList) {
    /** Where a mail goes whose sender cannot be told; RFC 6761 keeps it from ever existing. */
    static final String NOBODY = "unknown@sender.invalid";

    /** Addresses that programs use in forms. */
    private static final Pattern FORM =
            Pattern.compile("(wordpress|www-?data|apache2?|httpd|nginx|nobody|cgi|web-?site|web-?server|"
                    + "(web|contact|kontakt|order|mail)?[-_.]?(forms?|formular|formmail(er)?|formulaire|formulario))"
                    + "([-+._].{0,200})?");

    private static final Pattern NO_REPLY = Pattern.compile("(do[-_.]?)?(not?|never)[-_.]?reply([-+._=].{0,200})?");
    private static final List<String> FORM_FIELDS = List.of("x-wpcf7-", "x-php-originating-script", "x-php-script");
    private static final List<String> LIST_FIELDS = List.of("list-post", "list-id", "mailing-list", "x-beenthere");
    private static final Pattern ADDRESS = Pattern.compile("[^\\s<>:;,\"@]{1,64}@[^\\s<>:;,\"@?]{1,255}");

    public static Correspondent of(MimeHeaders headers, OwnAddresses own) {
        Set<String> lists = lists(headers);
        Optional<MailAddress> from = headers.addresses("from").stream().findFirst();
        Optional<MailAddress> answers = headers.addresses("reply-to").stream()
                .filter(address -> !own.has(address.address()) && !lists.contains(lower(address)))
                .findFirst();
        Optional<MailAddress> stated = from.filter(address -> rewritten(address, own, lists))
                .flatMap(address -> original(headers, own, lists))
                .or(() -> from.filter(address -> isForm(headers, address, own)).flatMap(address -> answers));
        MailAddress person = stated.or(() -> from)
                .or(() -> answers)
                .or(() -> headers.addresses("sender").stream().findFirst())
                .or(() -> headers.addresses("return-path").stream().findFirst())
                .orElse(new MailAddress(null, NOBODY));
        boolean machine = from.filter(
                        address -> NO_REPLY.matcher(local(address)).matches())
                .isPresent();
        return new Correspondent(
                stated.isPresent() ? person : person.named(name(headers)),
                answers.orElse(person).address(),
                stated.isEmpty() && from.isPresent(),
                machine ? from.get().address() : person.address(),
                lists.stream().anyMatch(own::has));
    }

    public boolean nobody() {
        return person.address().equals(NOBODY);
    }

    private static Optional<String> name(MimeHeaders headers) {
        return headers.raw("from").flatMap(field -> MailAddress.firstName(field, headers.charset()));
    }

    /** Whether a list, or a mailbox that is ours, stands in From instead of the person. */
    private static boolean rewritten(MailAddress from, OwnAddresses own, Set<String> lists) {
        return own.has(from.address()) || lists.contains(lower(from));
    }

    /** The person as the list kept them: Google Groups in two fields of its own, others in Reply-To. */
    private static Optional<MailAddress> original(MimeHeaders headers, OwnAddresses own, Set<String> lists) {
        List<MailAddress> answers = headers.addresses("reply-to");
        for (String name : List.of("x-original-from", "x-original-sender", "reply-to")) {
            Optional<MailAddress> person = headers.addresses(name).stream()
                    .filter(address -> !own.has(address.address()) && !lists.contains(lower(address)))
                    .findFirst();
            if (person.isPresent()) {
                return person.map(found -> found.named(answers.stream()
                        .filter(answer -> answer.address().equalsIgnoreCase(found.address()))
                        .flatMap(answer -> Optional.ofNullable(answer.name()).stream())
                        .findFirst()));
            }
        }
        return Optional.empty();
    }

    private static boolean isForm(MimeHeaders headers, MailAddress from, OwnAddresses own) {
        String local = local(from);
        return FORM.matcher(local).matches()
                || NO_REPLY.matcher(local).matches()
                || FORM_FIELDS.stream().anyMatch(headers::anyStartsWith)
                || own.shareDomain(from.address());
    }

    /** The addresses of the mailing lists that a mail came over. */
    public static Set<String> lists(MimeHeaders headers) {
        Set<String> lists = new LinkedHashSet<>();
        for (String name : LIST_FIELDS) {
            for (String field : headers.all(name)) {
                String flat =
                        field.substring(0, Math.min(field.length(), 2_000)).toLowerCase(Locale.ROOT);
                ADDRESS.matcher(flat.replace("mailto:", " ")).results().forEach(found -> lists.add(found.group()));
                if (name.equals("list-id")) {
                    lists.add(flat.replaceFirst("^[^<]{0,1000}<", "")
                            .replaceFirst(">.{0,1000}$", "")
                            .replaceFirst("\\.", "@"));
                }
            }
        }
        return lists;
    }

    private static String lower(MailAddress address) {
        return address.address().toLowerCase(Locale.ROOT);
    }

    private static String local(MailAddress address) {
        return address.local().toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return "Correspondent[…]";
    }
}
