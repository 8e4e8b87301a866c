// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.facebook;

import io.dragoman.channel.meta.MetaPayload;
import io.dragoman.model.Ignored;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What webhooks of a page bring that nothing is done about, and why; by the names that Meta gives it. */
final class PageNews {
    static final String UNKNOWN = "this version does not know what it is";

    /** By the reason, the fields of Meta's list that {@link InboundReader} does not read. */
    private static final Map<String, Set<String>> FIELDS = Map.of(
            "it is about the page's profile",
            words("affiliation attire awards bio birthday category company_overview culinary_team current_location"
                    + " description email founded general_info general_manager hometown hours location members mission"
                    + " name page_about_story page_change_proposal page_upcoming_change parking payment_options"
                    + " personal_info personal_interests phone picture price_range products public_transit website"),
            "it comes with conversations, which a channel of the kind messenger reads as far as it subscribes to it",
            words("conversations inbox_labels message_context message_mention messages message_deliveries"
                    + " message_echoes message_edits message_reactions message_reads messaging_account_linking"
                    + " messaging_appointments messaging_checkout_updates messaging_customer_information"
                    + " messaging_direct_sends messaging_fblogin_account_linking messaging_feedback"
                    + " messaging_game_plays messaging_handovers messaging_in_thread_lead_form_submit"
                    + " messaging_integrity messaging_optins messaging_optouts messaging_payments"
                    + " messaging_policy_enforcement messaging_postbacks messaging_pre_checkouts messaging_referrals"
                    + " response_feedback send_cart standby"),
            "it is about marketing messages or templates",
            words("marketing_message_delivery_failed marketing_message_echoes"
                    + " marketing_messages_subscriber_upload_status message_template_status_update"),
            "it is about money, which other programs look after",
            words("invoice_access_bank_slip_events invoice_access_invoice_change invoice_access_invoice_draft_change"
                    + " invoice_access_onboarding_status_active local_delivery mcom_invoice_change"
                    + " payment_request_update"),
            "it is a form of an advertisement, whose answers are fetched by other programs",
            words("leadgen leadgen_fat"),
            "it is a call, which is taken elsewhere",
            words("call_permission_reply call_settings_update calls"),
            "it is about the state of a video, not what is written about it",
            words("live_videos videos"),
            "it is about the app and the page, not a customer",
            words("business_integrity feature_access_list invalid_topic_placeholder registration user_action"),
            "nobody wrote anything",
            words("checkins comment_poll_response follow group_feed merchant_review product_review"
                    + " publisher_subscriptions story_poll_response story_share video_text_question_responses"));

    /** Items of a feed that are nothing that somebody wrote. */
    private static final Set<String> ITEMS = words("address connection coupon experience group group_message interest"
            + " like mention milestone page picture platform-story photo-album profile question rating reaction"
            + " relationship-status story timeline_cover tag");

    private static final Set<String> VERBS = words("block follow hide mute unblock unhide update");

    private PageNews() {}

    private static Set<String> words(String words) {
        return Stream.of(words.split(" ", -1)).collect(Collectors.toUnmodifiableSet());
    }

    static String field(String field) {
        return FIELDS.entrySet().stream()
                .filter(reason -> reason.getValue().contains(field))
                .findFirst()
                .map(Map.Entry::getKey)
                .orElse(UNKNOWN);
    }

    static String item(String item) {
        return ITEMS.contains(item.replace(' ', '_')) ? "nobody wrote anything" : UNKNOWN;
    }

    static String verb(String verb) {
        return VERBS.contains(verb) ? "nothing of what was written changed" : UNKNOWN;
    }

    static void field(MetaPayload payload, String field) {
        payload.ignored("field." + Ignored.word(field), field(field));
    }

    static void item(MetaPayload payload, String field, String item) {
        payload.ignored(field + "." + Ignored.word(item.replace(' ', '_')), item(item));
    }

    static void verb(MetaPayload payload, String field, String verb) {
        payload.ignored(field + "." + Ignored.word(verb), verb(verb));
    }
}
