// Made by `npm run api` from our OpenAPI document. Do not edit.
export interface paths {
    "/health/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The process runs */
        get: operations["live_health_live_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Decisions can be taken */
        get: operations["ready_health_ready_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Prometheus metrics */
        get: operations["metrics_metrics_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** This document */
        get: operations["document_openapi_json_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/artefacts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The newest version of every definition */
        get: operations["artefacts_v1_artefacts_get"];
        put?: never;
        /** Push new versions as drafts */
        post: operations["push_v1_artefacts_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/artefacts/{digest}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One version with its content */
        get: operations["artefact_v1_artefacts__digest__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/decisions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Decisions, newest first */
        get: operations["decisions_v1_decisions_get"];
        put?: never;
        /** Decide on an event */
        post: operations["decide"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/decisions/{decision_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One decision, as it was answered */
        get: operations["decision_v1_decisions__decision_id__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/decisions/{decision_id}/explanation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Why a decision was taken
         * @description Each condition on its way with value and threshold, the scores and what moved them. Holds the personal inputs unless they were erased.
         */
        get: operations["explanation_v1_decisions__decision_id__explanation_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/decisions/{decision_id}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take a decision again from its record */
        post: operations["replay_v1_decisions__decision_id__replay_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/decisions/batch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Decide on several events
         * @description Each event is judged on its own: the answer holds one item for each, in order.
         */
        post: operations["decide_batch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/entities/{kind}/{identifier}/features": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Features of one entity as of a moment */
        get: operations["features_v1_entities__kind___identifier__features_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Record an event */
        post: operations["record"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events/batch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Record several events
         * @description Each event is judged on its own: the answer holds one item for each, in order.
         */
        post: operations["record_batch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/lists": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All lists */
        get: operations["lists_v1_lists_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/lists/{name}/entries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Entries of a list */
        get: operations["entries_v1_lists__name__entries_get"];
        put?: never;
        /**
         * Add and remove entries
         * @description All at once or not at all; durable when answered, in force for the next event.
         */
        post: operations["change_v1_lists__name__entries_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/lists/{name}/entries/{member}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Take one member off a list */
        delete: operations["remove_v1_lists__name__entries__member__delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Every metric with its number
         * @description At most ten seconds old. Prometheus' metrics of the server itself are at /metrics.
         */
        get: operations["metrics_v1_metrics_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/metrics/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One metric with its number */
        get: operations["metric_v1_metrics__name__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/releases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every activation, newest first */
        get: operations["releases_v1_releases_get"];
        put?: never;
        /**
         * Put versions in force together
         * @description The set is assembled and checked first; nothing changes where it does not hold together.
         */
        post: operations["release_v1_releases_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/releases/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The release in force */
        get: operations["live_v1_releases_live_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/releases/rollback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Put an earlier release in force again */
        post: operations["roll_back_v1_releases_rollback_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reviews": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Approve versions */
        post: operations["review_v1_reviews_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What this server has done */
        get: operations["status_v1_status_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Watch decisions as they are taken
         * @description Server-sent events; at most four messages a second, each with the newest decisions and the number of those left out.
         */
        get: operations["stream"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * ArtefactDocument
         * @description One definition.
         */
        ArtefactDocument: {
            body: Record<string, never>;
            kind: string;
            name: string;
        };
        /**
         * ArtefactPage
         * @description The newest version of every definition, or every version of one.
         */
        ArtefactPage: {
            artefacts: components["schemas"]["ArtefactSummary"][];
        };
        /**
         * ArtefactSummary
         * @description One version of a definition.
         */
        ArtefactSummary: {
            approvers: string[];
            author: string;
            /** @description SHA-256 of the content */
            digest: string;
            kind: string;
            name: string;
            /** @description RFC 3339, UTC */
            pushed_at: string;
            /** @enum {unknown} */
            state: "draft" | "live" | "retired" | "reviewed";
        };
        /**
         * BatchAnswer
         * @description One item for each event, in the order sent. ``accepted`` + ``refused`` is their number.
         */
        BatchAnswer: {
            accepted: number;
            items: components["schemas"]["BatchItem"][];
            refused: number;
        };
        /**
         * BatchItem
         * @description What became of one event of a batch: an answer or a problem.
         */
        BatchItem: {
            /** @default null */
            answer: (components["schemas"]["DecisionAnswer"] | components["schemas"]["EventRecorded"]) | null;
            /** @default false */
            duplicate: boolean;
            /** @default null */
            problem: components["schemas"]["Problem"] | null;
            status: number;
        };
        /**
         * DecisionAnswer
         * @description A durable decision. For the same event always the same bytes.
         *
         *         ``limit_minor`` is in minor units of the workspace's currency; ``price`` is part to value.
         */
        DecisionAnswer: {
            actions: string[];
            /** @description RFC 3339, UTC */
            decided_at: string;
            decision_id: string;
            event_id: string;
            /** @default null */
            limit_minor: number | null;
            /** @enum {unknown} */
            outcome: "approve" | "decline" | "review";
            policy: string;
            /** @default {} */
            price: Record<string, never>;
            reasons: components["schemas"]["Reason"][];
            /** @description SHA-256 of the content */
            release: string;
            scores: {
                [key: string]: components["schemas"]["ModelScore"];
            };
        };
        /**
         * DecisionPage
         * @description Decisions, newest first; ``next_before`` continues, null at the end.
         */
        DecisionPage: {
            decisions: components["schemas"]["DecisionRecord"][];
            /** @default null */
            next_before: number | null;
        };
        /**
         * DecisionRecord
         * @description A decision as it stands in the journal at place ``seq``.
         */
        DecisionRecord: {
            answer: components["schemas"]["DecisionAnswer"];
            /** @description RFC 3339, UTC */
            recorded_at: string;
            seq: number;
            trail: components["schemas"]["DecisionTrail"];
        };
        /**
         * DecisionTrail
         * @description What is kept beside an answer; nothing personal in it. Times in microseconds, entities by pseudonym.
         */
        DecisionTrail: {
            decision_id: string;
            entities: {
                [key: string]: string;
            };
            event_id: string;
            event_seq: number;
            event_type: string;
            fired: string[];
            missing: string[];
            occurred_at: number;
            /** @enum {unknown} */
            outcome: "approve" | "decline" | "review";
            path: string[];
            /** @description SHA-256 of the content */
            plan_digest: string;
            policy: string;
            /** @description SHA-256 of the content */
            policy_digest: string;
            reasons: string[];
            /** @description SHA-256 of the content */
            release: string;
            scores: {
                [key: string]: components["schemas"]["ModelScore"];
            };
            timings_us: {
                [key: string]: number;
            };
        };
        /**
         * EntityFeatures
         * @description What is known of one entity at a moment, by feature; null where nothing is known.
         */
        EntityFeatures: {
            /** @description RFC 3339, UTC */
            at: string;
            features: Record<string, never>;
            kind: string;
            release: string;
        };
        /**
         * EventBatch
         * @description Several events; each is judged on its own.
         */
        EventBatch: {
            events: Record<string, never>[];
        };
        /**
         * EventDocument
         * @description One event as a caller sends it; the fields of ``values`` are declared by its event type.
         */
        EventDocument: {
            /** @description your id; the idempotency key */
            event_id: string;
            /** @description name of a declared event type */
            event_type: string;
            /** @description event time, RFC 3339 with an offset */
            occurred_at: string;
            /** @default null */
            supersedes: string | null;
            values: {
                [key: string]: string | number | boolean | null;
            };
        };
        /**
         * EventRecorded
         * @description The event is on record.
         */
        EventRecorded: {
            event_id: string;
            /** @enum {unknown} */
            status: "recorded";
        };
        /**
         * Explanation
         * @description Everything there is to say about one decision.
         *
         *         ``trace`` is computed anew by the interpreter from the recorded inputs; ``agrees`` says whether it comes to the
         *         recorded outcome. A decision whose person was erased has ``erased`` and neither inputs nor trace.
         */
        Explanation: {
            /** @default null */
            agrees: boolean | null;
            answer: components["schemas"]["DecisionAnswer"];
            decision_id: string;
            /** @default false */
            erased: boolean;
            /** @default {} */
            inputs: Record<string, never>;
            /** @default {} */
            members: {
                [key: string]: string[];
            };
            /** @description RFC 3339, UTC */
            recorded_at: string;
            seq: number;
            /** @default {} */
            trace: Record<string, never>;
            trail: components["schemas"]["DecisionTrail"];
        };
        /**
         * Fault
         * @description One fault of a document that was read whole.
         */
        Fault: {
            code: string;
            detail: string;
            /** @default null */
            field: string | null;
            /** @default null */
            hint: string | null;
            /** @default null */
            value: string | null;
        };
        /**
         * FullArtefact
         * @description A version with its content.
         */
        FullArtefact: {
            approvers: string[];
            author: string;
            body: Record<string, never>;
            /** @description SHA-256 of the content */
            digest: string;
            kind: string;
            name: string;
            /** @description RFC 3339, UTC */
            pushed_at: string;
            /** @enum {unknown} */
            state: "draft" | "live" | "retired" | "reviewed";
        };
        /**
         * Health
         * @description How the server is.
         */
        Health: {
            /** @enum {unknown} */
            status: "live" | "ready";
        };
        /**
         * ListChanged
         * @description What a change did; durable, and in force for the next event.
         */
        ListChanged: {
            absent: number;
            added: number;
            duplicate: boolean;
            list: string;
            list_version: number;
            removed: number;
            renewed: number;
            version: number;
        };
        /**
         * ListChangeDocument
         * @description Members to add to and take off a list, at once or not at all. The same ``change_id`` again changes nothing.
         */
        ListChangeDocument: {
            /** @default [] */
            add: components["schemas"]["ListEntryDocument"][];
            /** @description name of the person, for the record */
            by: string;
            /** @description your id; the idempotency key */
            change_id: string;
            /** @default [] */
            remove: components["schemas"]["ListMember"][];
        };
        /**
         * ListEntryDocument
         * @description An entry to add.
         */
        ListEntryDocument: {
            /** @default null */
            expires_after: string | null;
            /** @default null */
            expires_at: string | null;
            /** @default null */
            identifier: string | null;
            /** @default null */
            member: string | null;
            reason: string;
            source: string;
        };
        /**
         * ListEntryPage
         * @description Entries in the order they were added; ``next_after`` continues, null at the end.
         */
        ListEntryPage: {
            entries: components["schemas"]["ListEntrySummary"][];
            next_after: number | null;
        };
        /**
         * ListEntrySummary
         * @description An entry; its member by pseudonym.
         */
        ListEntrySummary: {
            /** @description RFC 3339, UTC */
            added_at: string;
            added_by: string;
            expires_at: string | null;
            in_force: boolean;
            member: string;
            reason: string;
            source: string;
        };
        /**
         * ListMember
         * @description A member by its real ``identifier`` (only the pseudonym is kept) or by ``member``, the pseudonym.
         */
        ListMember: {
            /** @default null */
            identifier: string | null;
            /** @default null */
            member: string | null;
        };
        /**
         * ListPage
         * @description All lists of the live release.
         */
        ListPage: {
            lists: components["schemas"]["ListSummary"][];
        };
        /**
         * ListSummary
         * @description A list of the live release.
         */
        ListSummary: {
            description: string;
            entity: string;
            entries: number;
            /** @enum {unknown} */
            kind: "allow" | "block" | "watch";
            name: string;
            version: number;
        };
        /**
         * MetricPage
         * @description All metrics.
         */
        MetricPage: {
            metrics: components["schemas"]["MetricSummary"][];
        };
        /**
         * MetricSummary
         * @description A metric of the metric centre with its present value; null where there is no data.
         */
        MetricSummary: {
            as_of: string | null;
            description: {
                [key: string]: string;
            };
            /** @description SHA-256 of the content */
            digest: string;
            name: string;
            owner: string;
            sql: string;
            title: {
                [key: string]: string;
            };
            unit: string;
            value: number | null;
        };
        /**
         * ModelScore
         * @description What a model said: probability of the adverse outcome, log-odds before calibration, points if it gives any.
         */
        ModelScore: {
            margin: number;
            points: number | null;
            probability: number;
        };
        /**
         * Problem
         * @description An RFC 9457 problem document. ``code`` is stable; the words are for people.
         */
        Problem: {
            /** @default null */
            at: string | null;
            code: string;
            detail: string;
            /** @default [] */
            errors: components["schemas"]["Fault"][];
            /** @default null */
            field: string | null;
            /** @default null */
            hint: string | null;
            /** @default null */
            request_id: string | null;
            status: number;
            title: string;
            type: string;
            /** @default null */
            value: string | null;
        };
        /**
         * Pushed
         * @description What was new among the definitions pushed.
         */
        Pushed: {
            artefacts: components["schemas"]["ArtefactSummary"][];
        };
        /**
         * PushRequest
         * @description New drafts.
         */
        PushRequest: {
            artefacts: components["schemas"]["ArtefactDocument"][];
            /** @description name of the person, for the record */
            author: string;
            /** @default  */
            note: string;
        };
        /**
         * Reason
         * @description Why, in words safe to show a customer.
         */
        Reason: {
            code: string;
            /** @default  */
            en: string;
            /** @default  */
            zh: string;
        };
        /**
         * Released
         * @description The release in force now.
         */
        Released: {
            /** @description SHA-256 of the content */
            release: string;
        };
        /**
         * ReleasePage
         * @description Every activation, newest first; roll-backs included.
         */
        ReleasePage: {
            releases: components["schemas"]["ReleaseSummary"][];
        };
        /**
         * ReleaseRequest
         * @description Versions that go live together, on top of what is live unless ``replace_all``.
         */
        ReleaseRequest: {
            /** @description name of the person, for the record */
            by: string;
            /** @default [] */
            digests: string[];
            /** @default  */
            note: string;
            /** @default [] */
            remove: string[];
            /** @default false */
            replace_all: boolean;
        };
        /**
         * ReleaseSummary
         * @description One time a release went live.
         */
        ReleaseSummary: {
            /** @description RFC 3339, UTC */
            activated_at: string;
            activated_by: string;
            live: boolean;
            manifest: {
                [key: string]: string;
            };
            note: string;
            /** @description SHA-256 of the content */
            release: string;
        };
        /**
         * ReplayDifference
         * @description One thing that came out otherwise.
         */
        ReplayDifference: {
            now: unknown;
            then: unknown;
            what: string;
        };
        /**
         * Replayed
         * @description What a replay found. ``erased``: the inputs are gone with their person.
         */
        Replayed: {
            decision_id: string;
            differences: components["schemas"]["ReplayDifference"][];
            erased: boolean;
            same: boolean;
        };
        /**
         * ReplayRequest
         * @description An empty object: a replay needs nothing but the decision.
         */
        ReplayRequest: Record<string, never>;
        /**
         * ReviewRequest
         * @description The approval of versions.
         */
        ReviewRequest: {
            /** @description name of the person, for the record */
            approver: string;
            digests: string[];
            /** @default  */
            note: string;
        };
        /**
         * RollBackRequest
         * @description The return to an earlier release; to the one before when ``to`` is null.
         */
        RollBackRequest: {
            /** @description name of the person, for the record */
            by: string;
            /** @default  */
            note: string;
            /** @default null */
            to: string | null;
        };
        /**
         * Status
         * @description What this server has done since it started, and what it runs.
         */
        Status: {
            decided: {
                [key: string]: number;
            };
            in_flight: number;
            journal_seq: number;
            latency_us: {
                [key: string]: number | null;
            };
            notices: {
                [key: string]: string;
            }[];
            release: string | null;
            /** @description RFC 3339, UTC */
            started_at: string;
            version: string;
            workspace: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    live_health_live_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It runs. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
            /** @description Refused. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "cross_site" | "wrong_host";
                    };
                };
            };
        };
    };
    ready_health_ready_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Ready. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
            /** @description Refused. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "cross_site" | "wrong_host";
                    };
                };
            };
            /** @description Not now; Retry-After says when. */
            503: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "journal_broken" | "no_release";
                    };
                };
            };
        };
    };
    metrics_metrics_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Prometheus' text format. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                    "text/plain": string;
                };
            };
            /** @description Refused. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "cross_site" | "wrong_host";
                    };
                };
            };
        };
    };
    document_openapi_json_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OpenAPI 3.1. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
            /** @description Refused. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "cross_site" | "wrong_host";
                    };
                };
            };
        };
    };
    artefacts_v1_artefacts_get: {
        parameters: {
            query?: {
                kind?: string | null;
                /** @description with kind: every version of one */
                name?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Definitions, by kind and name. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ArtefactPage"];
                };
            };
            /** @description Refused. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "cross_site" | "wrong_host";
                    };
                };
            };
            /** @description The document is JSON and cannot be taken. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_parameter";
                    };
                };
            };
        };
    };
    push_v1_artefacts_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PushRequest"];
            };
        };
        responses: {
            /** @description What was new. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pushed"];
                };
            };
            /** @description The body is not strict JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "duplicate_key" | "empty_body" | "integer_overflow" | "invalid_utf8" | "lone_surrogate" | "malformed_json" | "not_an_object" | "not_finite" | "nul_character" | "truncated_json" | "wrong_length";
                    };
                };
            };
            /** @description Refused. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "cross_site" | "wrong_host";
                    };
                };
            };
            /** @description Over a limit. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "body_too_large" | "too_deep";
                    };
                };
            };
            /** @description The body is not announced as JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "unsupported_media_type";
                    };
                };
            };
            /** @description The document is JSON and cannot be taken. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "wrong_shape";
                    };
                };
            };
            /** @description Not now; Retry-After says when. */
            503: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "commit_failed" | "journal_broken" | "journal_closed" | "journal_full" | "journal_unavailable" | "keys_unavailable" | "no_release" | "unavailable";
                    };
                };
            };
        };
    };
    artefact_v1_artefacts__digest__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                digest: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The version. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FullArtefact"];
                };
            };
            /** @description Refused. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "cross_site" | "wrong_host";
                    };
                };
            };
            /** @description Nothing is known under that name. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "unknown_artefact";
                    };
                };
            };
            /** @description The document is JSON and cannot be taken. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_parameter";
                    };
                };
            };
        };
    };
    decisions_v1_decisions_get: {
        parameters: {
            query?: {
                /** @description next_before of the page before */
                before?: number | null;
                limit?: number;
                outcome?: ("approve" | "review" | "decline") | null;
                policy?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of decisions. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DecisionPage"];
                };
            };
            /** @description Refused. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "cross_site" | "wrong_host";
                    };
                };
            };
            /** @description The document is JSON and cannot be taken. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_parameter";
                    };
                };
            };
        };
    };
    decide: {
        parameters: {
            query?: {
                /** @description which policy of the live release decides; needed only where several take this event type */
                policy?: string;
            };
            header?: {
                /** @description your id of this request; echoed, else one is made */
                "X-Request-Id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "event_id": "app-2026-000123",
                 *       "event_type": "application",
                 *       "occurred_at": "2026-11-24T06:38:00Z",
                 *       "values": {
                 *         "amount_minor": 1200000,
                 *         "currency": "CNY",
                 *         "person": "510101199001011234"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["EventDocument"];
            };
        };
        responses: {
            /** @description Durable. */
            200: {
                headers: {
                    /** @description true: answered before */
                    "Tandem-Duplicate"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DecisionAnswer"];
                };
            };
            /** @description The body is not strict JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "duplicate_key" | "empty_body" | "integer_overflow" | "invalid_utf8" | "lone_surrogate" | "malformed_json" | "not_an_object" | "not_finite" | "nul_character" | "truncated_json" | "wrong_length";
                    };
                };
            };
            /** @description Refused. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "cross_site" | "wrong_host";
                    };
                };
            };
            /** @description Nothing is known under that name. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "no_policy" | "unknown_event_type" | "unknown_policy";
                    };
                };
            };
            /** @description Conflict with what is recorded. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "event_conflict" | "recorded_undecided";
                    };
                };
            };
            /** @description Over a limit. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "body_too_large" | "too_deep";
                    };
                };
            };
            /** @description The body is not announced as JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "unsupported_media_type";
                    };
                };
            };
            /** @description The document is JSON and cannot be taken. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "empty_identifier" | "impossible_time" | "instant_without_offset" | "invalid_decimal" | "invalid_event_id" | "invalid_identifier" | "invalid_instant" | "invalid_parameter" | "lone_surrogate" | "not_finite" | "nul_in_text" | "other_event_type" | "out_of_bounds" | "out_of_range" | "required" | "self_supersedes" | "text_too_long" | "too_precise" | "unknown_field" | "unknown_parameter" | "value_not_allowed" | "wrong_type";
                    };
                };
            };
            /** @description Not now; Retry-After says when. */
            503: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "commit_failed" | "journal_broken" | "journal_closed" | "journal_full" | "journal_unavailable" | "keys_unavailable" | "no_release" | "overloaded" | "unavailable";
                    };
                };
            };
        };
    };
    decision_v1_decisions__decision_id__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description decision id, or the id of its event */
                decision_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer and its trail. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DecisionRecord"];
                };
            };
            /** @description Refused. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "cross_site" | "wrong_host";
                    };
                };
            };
            /** @description Nothing is known under that name. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "unknown_decision";
                    };
                };
            };
            /** @description The document is JSON and cannot be taken. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_parameter";
                    };
                };
            };
        };
    };
    explanation_v1_decisions__decision_id__explanation_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description decision id, or the id of its event */
                decision_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The explanation. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Explanation"];
                };
            };
            /** @description Refused. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "cross_site" | "wrong_host";
                    };
                };
            };
            /** @description Nothing is known under that name. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "unknown_decision";
                    };
                };
            };
            /** @description The document is JSON and cannot be taken. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_parameter";
                    };
                };
            };
        };
    };
    replay_v1_decisions__decision_id__replay_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description decision id, or the id of its event */
                decision_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {} */
                "application/json": components["schemas"]["ReplayRequest"];
            };
        };
        responses: {
            /** @description What differs; nothing is recorded. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Replayed"];
                };
            };
            /** @description The body is not strict JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "duplicate_key" | "empty_body" | "integer_overflow" | "invalid_utf8" | "lone_surrogate" | "malformed_json" | "not_an_object" | "not_finite" | "nul_character" | "truncated_json" | "wrong_length";
                    };
                };
            };
            /** @description Refused. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "cross_site" | "wrong_host";
                    };
                };
            };
            /** @description Nothing is known under that name. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "unknown_decision";
                    };
                };
            };
            /** @description Over a limit. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "body_too_large" | "too_deep";
                    };
                };
            };
            /** @description The body is not announced as JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "unsupported_media_type";
                    };
                };
            };
            /** @description The document is JSON and cannot be taken. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_parameter" | "wrong_shape";
                    };
                };
            };
        };
    };
    decide_batch: {
        parameters: {
            query?: {
                /** @description which policy of the live release decides; needed only where several take this event type */
                policy?: string;
            };
            header?: {
                /** @description your id of this request; echoed, else one is made */
                "X-Request-Id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "events": [
                 *         {
                 *           "event_id": "app-2026-000123",
                 *           "event_type": "application",
                 *           "occurred_at": "2026-11-24T06:38:00Z",
                 *           "values": {
                 *             "amount_minor": 1200000,
                 *             "currency": "CNY",
                 *             "person": "510101199001011234"
                 *           }
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["EventBatch"];
            };
        };
        responses: {
            /** @description Durable. */
            200: {
                headers: {
                    /** @description true: answered before */
                    "Tandem-Duplicate"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BatchAnswer"];
                };
            };
            /** @description The body is not strict JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "duplicate_key" | "empty_body" | "integer_overflow" | "invalid_utf8" | "lone_surrogate" | "malformed_json" | "not_an_object" | "not_finite" | "nul_character" | "truncated_json" | "wrong_length";
                    };
                };
            };
            /** @description Refused. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "cross_site" | "wrong_host";
                    };
                };
            };
            /** @description Over a limit. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "batch_too_large" | "body_too_large" | "too_deep";
                    };
                };
            };
            /** @description The body is not announced as JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "unsupported_media_type";
                    };
                };
            };
            /** @description The document is JSON and cannot be taken. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_parameter" | "unknown_parameter" | "wrong_shape";
                    };
                };
            };
            /** @description Not now; Retry-After says when. */
            503: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "commit_failed" | "journal_broken" | "journal_closed" | "journal_full" | "journal_unavailable" | "keys_unavailable" | "no_release" | "overloaded" | "unavailable";
                    };
                };
            };
        };
    };
    features_v1_entities__kind___identifier__features_get: {
        parameters: {
            query?: {
                /** @description RFC 3339; now when left out */
                at?: string | null;
            };
            header?: never;
            path: {
                /** @description the real one, or the pseudonym */
                identifier: string;
                kind: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Every feature that is keyed by this kind of entity alone. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EntityFeatures"];
                };
            };
            /** @description Refused. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "cross_site" | "wrong_host";
                    };
                };
            };
            /** @description Nothing is known under that name. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "unknown_entity_kind";
                    };
                };
            };
            /** @description The document is JSON and cannot be taken. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "empty_identifier" | "instant_without_offset" | "invalid_identifier" | "invalid_instant" | "invalid_parameter";
                    };
                };
            };
            /** @description Not now; Retry-After says when. */
            503: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "no_release";
                    };
                };
            };
        };
    };
    record: {
        parameters: {
            query?: never;
            header?: {
                /** @description your id of this request; echoed, else one is made */
                "X-Request-Id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "event_id": "app-2026-000123",
                 *       "event_type": "application",
                 *       "occurred_at": "2026-11-24T06:38:00Z",
                 *       "values": {
                 *         "amount_minor": 1200000,
                 *         "currency": "CNY",
                 *         "person": "510101199001011234"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["EventDocument"];
            };
        };
        responses: {
            /** @description Durable. */
            200: {
                headers: {
                    /** @description true: answered before */
                    "Tandem-Duplicate"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventRecorded"] | components["schemas"]["DecisionAnswer"];
                };
            };
            /** @description The body is not strict JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "duplicate_key" | "empty_body" | "integer_overflow" | "invalid_utf8" | "lone_surrogate" | "malformed_json" | "not_an_object" | "not_finite" | "nul_character" | "truncated_json" | "wrong_length";
                    };
                };
            };
            /** @description Refused. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "cross_site" | "wrong_host";
                    };
                };
            };
            /** @description Nothing is known under that name. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "unknown_event_type";
                    };
                };
            };
            /** @description Conflict with what is recorded. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "event_conflict";
                    };
                };
            };
            /** @description Over a limit. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "body_too_large" | "too_deep";
                    };
                };
            };
            /** @description The body is not announced as JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "unsupported_media_type";
                    };
                };
            };
            /** @description The document is JSON and cannot be taken. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "empty_identifier" | "impossible_time" | "instant_without_offset" | "invalid_decimal" | "invalid_event_id" | "invalid_identifier" | "invalid_instant" | "invalid_parameter" | "lone_surrogate" | "not_finite" | "nul_in_text" | "out_of_bounds" | "out_of_range" | "required" | "self_supersedes" | "text_too_long" | "too_precise" | "unknown_field" | "unknown_parameter" | "value_not_allowed" | "wrong_type";
                    };
                };
            };
            /** @description Not now; Retry-After says when. */
            503: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "commit_failed" | "journal_broken" | "journal_closed" | "journal_full" | "journal_unavailable" | "keys_unavailable" | "no_release" | "overloaded" | "unavailable";
                    };
                };
            };
        };
    };
    record_batch: {
        parameters: {
            query?: never;
            header?: {
                /** @description your id of this request; echoed, else one is made */
                "X-Request-Id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "events": [
                 *         {
                 *           "event_id": "app-2026-000123",
                 *           "event_type": "application",
                 *           "occurred_at": "2026-11-24T06:38:00Z",
                 *           "values": {
                 *             "amount_minor": 1200000,
                 *             "currency": "CNY",
                 *             "person": "510101199001011234"
                 *           }
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["EventBatch"];
            };
        };
        responses: {
            /** @description Durable. */
            200: {
                headers: {
                    /** @description true: answered before */
                    "Tandem-Duplicate"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BatchAnswer"];
                };
            };
            /** @description The body is not strict JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "duplicate_key" | "empty_body" | "integer_overflow" | "invalid_utf8" | "lone_surrogate" | "malformed_json" | "not_an_object" | "not_finite" | "nul_character" | "truncated_json" | "wrong_length";
                    };
                };
            };
            /** @description Refused. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "cross_site" | "wrong_host";
                    };
                };
            };
            /** @description Over a limit. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "batch_too_large" | "body_too_large" | "too_deep";
                    };
                };
            };
            /** @description The body is not announced as JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "unsupported_media_type";
                    };
                };
            };
            /** @description The document is JSON and cannot be taken. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_parameter" | "unknown_parameter" | "wrong_shape";
                    };
                };
            };
            /** @description Not now; Retry-After says when. */
            503: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "commit_failed" | "journal_broken" | "journal_closed" | "journal_full" | "journal_unavailable" | "keys_unavailable" | "no_release" | "overloaded" | "unavailable";
                    };
                };
            };
        };
    };
    lists_v1_lists_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Lists, by name. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListPage"];
                };
            };
            /** @description Refused. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "cross_site" | "wrong_host";
                    };
                };
            };
        };
    };
    entries_v1_lists__name__entries_get: {
        parameters: {
            query?: {
                /** @description next_after of the page before */
                after?: number;
                limit?: number;
            };
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of entries, in the order they were added; members by pseudonym. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListEntryPage"];
                };
            };
            /** @description Refused. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "cross_site" | "wrong_host";
                    };
                };
            };
            /** @description Nothing is known under that name. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "unknown_list";
                    };
                };
            };
            /** @description The document is JSON and cannot be taken. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_parameter";
                    };
                };
            };
        };
    };
    change_v1_lists__name__entries_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ListChangeDocument"];
            };
        };
        responses: {
            /** @description What the change did. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListChanged"];
                };
            };
            /** @description The body is not strict JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "duplicate_key" | "empty_body" | "integer_overflow" | "invalid_utf8" | "lone_surrogate" | "malformed_json" | "not_an_object" | "not_finite" | "nul_character" | "truncated_json" | "wrong_length";
                    };
                };
            };
            /** @description Refused. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "cross_site" | "wrong_host";
                    };
                };
            };
            /** @description Nothing is known under that name. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "unknown_list";
                    };
                };
            };
            /** @description Conflict with what is recorded. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "change_id_reused";
                    };
                };
            };
            /** @description Over a limit. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "body_too_large" | "too_deep";
                    };
                };
            };
            /** @description The body is not announced as JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "unsupported_media_type";
                    };
                };
            };
            /** @description The document is JSON and cannot be taken. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "empty_change" | "empty_identifier" | "expired" | "instant_without_offset" | "invalid_duration" | "invalid_identifier" | "invalid_instant" | "invalid_parameter" | "invalid_pseudonym" | "missing_field" | "no_member" | "two_expiries" | "unknown_field" | "unknown_list" | "wrong_shape";
                    };
                };
            };
            /** @description Not now; Retry-After says when. */
            503: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "commit_failed" | "journal_broken" | "journal_closed" | "journal_full" | "journal_unavailable" | "keys_unavailable" | "no_release" | "unavailable";
                    };
                };
            };
        };
    };
    remove_v1_lists__name__entries__member__delete: {
        parameters: {
            query: {
                by: string;
                change_id: string;
            };
            header?: never;
            path: {
                /** @description pseudonym */
                member: string;
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What the change did. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListChanged"];
                };
            };
            /** @description The body is not strict JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "duplicate_key" | "empty_body" | "integer_overflow" | "invalid_utf8" | "lone_surrogate" | "malformed_json" | "not_an_object" | "not_finite" | "nul_character" | "truncated_json" | "wrong_length";
                    };
                };
            };
            /** @description Refused. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "cross_site" | "wrong_host";
                    };
                };
            };
            /** @description Nothing is known under that name. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "unknown_list";
                    };
                };
            };
            /** @description Conflict with what is recorded. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "change_id_reused";
                    };
                };
            };
            /** @description Over a limit. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "body_too_large" | "too_deep";
                    };
                };
            };
            /** @description The body is not announced as JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "unsupported_media_type";
                    };
                };
            };
            /** @description The document is JSON and cannot be taken. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "empty_change" | "empty_identifier" | "expired" | "instant_without_offset" | "invalid_duration" | "invalid_identifier" | "invalid_instant" | "invalid_parameter" | "invalid_pseudonym" | "missing_field" | "no_member" | "two_expiries" | "unknown_field" | "unknown_list" | "wrong_shape";
                    };
                };
            };
            /** @description Not now; Retry-After says when. */
            503: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "commit_failed" | "journal_broken" | "journal_closed" | "journal_full" | "journal_unavailable" | "keys_unavailable" | "no_release" | "unavailable";
                    };
                };
            };
        };
    };
    metrics_v1_metrics_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Metrics. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MetricPage"];
                };
            };
            /** @description Refused. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "cross_site" | "wrong_host";
                    };
                };
            };
        };
    };
    metric_v1_metrics__name__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The metric. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MetricSummary"];
                };
            };
            /** @description Refused. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "cross_site" | "wrong_host";
                    };
                };
            };
            /** @description Nothing is known under that name. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "unknown_metric";
                    };
                };
            };
            /** @description The document is JSON and cannot be taken. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_parameter";
                    };
                };
            };
        };
    };
    releases_v1_releases_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Activations. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReleasePage"];
                };
            };
            /** @description Refused. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "cross_site" | "wrong_host";
                    };
                };
            };
        };
    };
    release_v1_releases_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReleaseRequest"];
            };
        };
        responses: {
            /** @description In force. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Released"];
                };
            };
            /** @description The body is not strict JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "duplicate_key" | "empty_body" | "integer_overflow" | "invalid_utf8" | "lone_surrogate" | "malformed_json" | "not_an_object" | "not_finite" | "nul_character" | "truncated_json" | "wrong_length";
                    };
                };
            };
            /** @description Refused. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "cross_site" | "not_reviewed" | "wrong_host";
                    };
                };
            };
            /** @description Nothing is known under that name. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "unknown_artefact";
                    };
                };
            };
            /** @description Conflict with what is recorded. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "already_live";
                    };
                };
            };
            /** @description Over a limit. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "body_too_large" | "too_deep";
                    };
                };
            };
            /** @description The body is not announced as JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "unsupported_media_type";
                    };
                };
            };
            /** @description The document is JSON and cannot be taken. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not now; Retry-After says when. */
            503: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "commit_failed" | "journal_broken" | "journal_closed" | "journal_full" | "journal_unavailable" | "keys_unavailable" | "no_release" | "unavailable";
                    };
                };
            };
        };
    };
    live_v1_releases_live_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The release in force. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReleaseSummary"];
                };
            };
            /** @description Refused. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "cross_site" | "wrong_host";
                    };
                };
            };
            /** @description Nothing is known under that name. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "no_release";
                    };
                };
            };
        };
    };
    roll_back_v1_releases_rollback_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RollBackRequest"];
            };
        };
        responses: {
            /** @description In force. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Released"];
                };
            };
            /** @description The body is not strict JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "duplicate_key" | "empty_body" | "integer_overflow" | "invalid_utf8" | "lone_surrogate" | "malformed_json" | "not_an_object" | "not_finite" | "nul_character" | "truncated_json" | "wrong_length";
                    };
                };
            };
            /** @description Refused. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "cross_site" | "wrong_host";
                    };
                };
            };
            /** @description Nothing is known under that name. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "unknown_release";
                    };
                };
            };
            /** @description Conflict with what is recorded. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "already_live" | "no_earlier_release";
                    };
                };
            };
            /** @description Over a limit. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "body_too_large" | "too_deep";
                    };
                };
            };
            /** @description The body is not announced as JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "unsupported_media_type";
                    };
                };
            };
            /** @description The document is JSON and cannot be taken. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not now; Retry-After says when. */
            503: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "commit_failed" | "journal_broken" | "journal_closed" | "journal_full" | "journal_unavailable" | "keys_unavailable" | "no_release" | "unavailable";
                    };
                };
            };
        };
    };
    review_v1_reviews_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReviewRequest"];
            };
        };
        responses: {
            /** @description The versions, reviewed. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ArtefactPage"];
                };
            };
            /** @description The body is not strict JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "duplicate_key" | "empty_body" | "integer_overflow" | "invalid_utf8" | "lone_surrogate" | "malformed_json" | "not_an_object" | "not_finite" | "nul_character" | "truncated_json" | "wrong_length";
                    };
                };
            };
            /** @description Refused. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "author_is_approver" | "cross_site" | "wrong_host";
                    };
                };
            };
            /** @description Nothing is known under that name. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "unknown_artefact";
                    };
                };
            };
            /** @description Over a limit. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "body_too_large" | "too_deep";
                    };
                };
            };
            /** @description The body is not announced as JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "unsupported_media_type";
                    };
                };
            };
            /** @description The document is JSON and cannot be taken. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "wrong_shape";
                    };
                };
            };
            /** @description Not now; Retry-After says when. */
            503: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "commit_failed" | "journal_broken" | "journal_closed" | "journal_full" | "journal_unavailable" | "keys_unavailable" | "no_release" | "unavailable";
                    };
                };
            };
        };
    };
    status_v1_status_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Since it was started. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Status"];
                };
            };
            /** @description Refused. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "cross_site" | "wrong_host";
                    };
                };
            };
        };
    };
    stream: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A stream. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            /** @description Refused. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "cross_site" | "wrong_host";
                    };
                };
            };
            /** @description Not now; Retry-After says when. */
            503: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "too_many_readers";
                    };
                };
            };
        };
    };
}
