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
    "/v1/artefacts/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Look at a draft before it is pushed
         * @description What is new in it, and whether it would hold together with everything that is live. Nothing is kept.
         */
        post: operations["check_v1_artefacts_check_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/attacks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Attacks that were run */
        get: operations["listed_v1_attacks_get"];
        put?: never;
        /**
         * Attack what is live, or a draft in its place (SIMULATED)
         * @description A seeded town with attackers in it, played against the whole set of definitions in a process of its own: decisions are not disturbed, nothing is recorded. One runs at a time; ask for it by its id.
         */
        post: operations["begin_v1_attacks_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/attacks/{attack_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One attack, with its report once it is done */
        get: operations["one_v1_attacks__attack_id__get"];
        put?: never;
        post?: never;
        /** Cancel an attack that runs */
        delete: operations["cancel_v1_attacks__attack_id__delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/attacks/{attack_id}/comparison": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Before and after: two runs of the same attack */
        get: operations["comparison_v1_attacks__attack_id__comparison_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/attacks/kinds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Kinds of attack to choose from
         * @description With the live policy that would decide on it, or why it cannot be played here.
         */
        get: operations["kinds_v1_attacks_kinds_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who did what, newest first */
        get: operations["audit_v1_audit_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/backtests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Backtests that were run */
        get: operations["listed_v1_backtests_get"];
        put?: never;
        /**
         * Take the decisions of a stretch of history again, by any release or a draft in it
         * @description A process of its own reads the journal or the lake: decisions are not disturbed, nothing is recorded. One runs at a time; ask for it by its id.
         */
        post: operations["begin_v1_backtests_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/backtests/{backtest_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One backtest, with its report once it is done */
        get: operations["one_v1_backtests__backtest_id__get"];
        put?: never;
        post?: never;
        /** Cancel a backtest that runs */
        delete: operations["cancel_v1_backtests__backtest_id__delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/cases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Cases
         * @description `assignee` takes a name, `me`, or `-` for nobody. `text` finds a number, an id of a case, a decision or an event, a pseudonym, a reason code, or the real identifier of a person or thing.
         */
        get: operations["cases_v1_cases_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/cases/{case_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One case with all there is to look at
         * @description Holds what was sent about the person and what analysts wrote, unless it was erased.
         */
        get: operations["case_v1_cases__case_id__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/cases/{case_id}/assign": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give a case to somebody, or back to its queue */
        post: operations["case_assign_v1_cases__case_id__assign_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/cases/{case_id}/escalate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Move a case to the queue above */
        post: operations["case_escalate_v1_cases__case_id__escalate_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/cases/{case_id}/notes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Write something down */
        post: operations["case_notes_v1_cases__case_id__notes_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/cases/{case_id}/reopen": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take up a case again */
        post: operations["case_reopen_v1_cases__case_id__reopen_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/cases/{case_id}/resolve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End a case, or propose to */
        post: operations["case_resolve_v1_cases__case_id__resolve_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/cases/{case_id}/second": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Agree to what another person proposed, or send it back */
        post: operations["case_second_v1_cases__case_id__second_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/cases/{case_id}/snooze": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Leave a case alone for a while */
        post: operations["case_snooze_v1_cases__case_id__snooze_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/cases/{case_id}/undo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take back your last change */
        post: operations["case_undo_v1_cases__case_id__undo_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/cases/next": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The case that would be next
         * @description Nothing is assigned; a page may load it before it is asked for.
         */
        get: operations["coming_v1_cases_next_get"];
        put?: never;
        /**
         * Take the best case
         * @description Assigns to you what is past due first, then the largest expected loss. No two people get the same.
         */
        post: operations["take_v1_cases_next_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/cases/queues": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Queues and what is in them */
        get: operations["queues_v1_cases_queues_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/connectors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whom policies ask */
        get: operations["connectors_v1_connectors_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/connectors/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One connector: how it does, what leaves the house, what may come back */
        get: operations["connector_v1_connectors__name__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/connectors/{name}/try": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The request that would be sent for an event; nothing is sent
         * @description Reads the event as a decision would, and shows what would leave the house for it: personal values and secrets masked. Nobody is asked and nothing is kept.
         */
        post: operations["try_connector_v1_connectors__name__try_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/datasets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Training sets that are kept
         * @description As `tandem dataset build` made them from decided events, point in time; what they hold, not their rows.
         */
        get: operations["listed_v1_datasets_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/datasets/{dataset}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One training set, by name or digest */
        get: operations["one_v1_datasets__dataset__get"];
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
        /**
         * Decisions, newest first
         * @description All filters given must fit. `form=short` gives what tables show, up to 1,000 on a page; else a page has up to 200.
         */
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
    "/v1/decisions/{decision_id}/counterfactual": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What would have changed a decision
         * @description The smallest changes of facts that a person can influence under which the same policy and release decide better; each was decided anew. Holds personal inputs, as an explanation does.
         */
        get: operations["counterfactual_v1_decisions__decision_id__counterfactual_get"];
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
    "/v1/decisions/{decision_id}/letter": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The letter about a decision
         * @description Of a decision that declines, refers, or approves less than was asked for or at more than the best price. Derived from the record and the release of then: the same words whenever it is asked for. Holds personal data, as an explanation does; once the person is erased it can no longer be written.
         */
        get: operations["letter_v1_decisions__decision_id__letter_get"];
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
    "/v1/effect": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What a draft policy would have done to the last real decisions
         * @description Decides them again under the draft and under the live policy, from what was recorded: how many change, bad ones stopped against good ones hurt, money, segments, examples, and what cannot be known. The first question reads the journal and takes longer; ask `/v1/effect/progress` meanwhile. A newer question of the same session ends this one with 409. Nothing is recorded.
         */
        post: operations["effect_v1_effect_post"];
        /** End a question */
        delete: operations["cancel_v1_effect_delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/effect-report": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Every metric before and after, with limits
         * @description Either the days before `around` beside the days after it (without it the last days beside those before), or what two releases decided. Nothing was assigned by lot: the report says what differs, not what caused it.
         */
        get: operations["report_v1_effect_report_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/effect/progress": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a question is waiting for */
        get: operations["progress_v1_effect_progress_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/entities": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Kinds of entities */
        get: operations["kinds_v1_entities_get"];
        put?: never;
        post?: never;
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
        /**
         * Features of one entity as of a moment
         * @description Now: what the online state knows. A moment of the past: folded anew from the entity's own events, by the same contract; known_to asks for what was known at that place of the journal.
         */
        get: operations["features_v1_entities__kind___identifier__features_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/entities/{kind}/{identifier}/portrait": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Everything known of one entity
         * @description Facts with their source, other entities of the same events, lists, scores over time. Personal facts only for those who may read them.
         */
        get: operations["portrait_v1_entities__kind___identifier__portrait_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/entities/{kind}/{identifier}/timeline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Events of one entity, and the decisions on them */
        get: operations["timeline_v1_entities__kind___identifier__timeline_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/event-types": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What may arrive */
        get: operations["event_types_v1_event_types_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/event-types/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One event type: its fields, who reads them, an example */
        get: operations["event_type_v1_event_types__name__get"];
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
    "/v1/experiments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Experiments: what runs, how it stands */
        get: operations["listed_v1_experiments_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/experiments/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One experiment: arms, metric, guard rails, segments, verdict
         * @description Intervals hold at every moment at once: look as often as you like. A reading takes in what was decided since the last one.
         */
        get: operations["one_v1_experiments__name__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/experiments/{name}/promotion": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Prepare a promotion: drafts that put a challenger in the champion's place
         * @description Nothing goes live by it: somebody else reviews the drafts, and they are released together.
         */
        post: operations["promotion_v1_experiments__name__promotion_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/experiments/{name}/stop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Stop an experiment at once
         * @description Everybody gets the champion from the next decision on. It needs no review, and it is for good: another run is another version, reviewed.
         */
        post: operations["stop_v1_experiments__name__stop_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/experiments/plan": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * How many decisions an experiment would need
         * @description From its metric and shares alone; nothing is kept. The definition is that of the artefact.
         */
        post: operations["plan_v1_experiments_plan_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/features": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The catalogue of features
         * @description Every feature of the live release, with who reads it and how it did on the newest decisions.
         *
         *     Those decisions are read first, which may take a second; `figures=false` tells what features are at once, and null for how they did.
         */
        get: operations["features_v1_features_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/features/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One feature: meaning, lineage, figures, cost */
        get: operations["feature_v1_features__name__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/graphs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Graphs of the live release */
        get: operations["graphs_v1_graphs_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/graphs/{name}/around": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who shares what with a member, or uses an identifier
         * @description Breadth first, as of the newest event of the graph, from what was used last. An identifier that is a crowd's, or whose kind joins nobody, is there with its count and leads nowhere, unless it is asked about.
         */
        get: operations["around_v1_graphs__name__around_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/graphs/{name}/path": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How two hang together
         * @description The fewest links between them, over no crowd's identifier and over none whose kind joins nobody.
         */
        get: operations["path_v1_graphs__name__path_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/inventory": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Live models and policies, with owner, approver, purpose and next review */
        get: operations["inventory_v1_inventory_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/iterations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Plans of daily iterations, and the newest day of each */
        get: operations["iterations_v1_iterations_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/iterations/{name}/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Days of a plan, the newest first */
        get: operations["runs_v1_iterations__name__runs_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/iterations/{name}/runs/{day}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One day: its steps and its page of the log book */
        get: operations["run_v1_iterations__name__runs__day__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/iterations/{name}/runs/{day}/acceptance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Accept what was refused on a day after all
         * @description Rows teach from the next run on, and days like theirs pass. A challenger that was refused as too good to be true, and for nothing else, sets out with the next run that is free for one; its promotion is then reviewed. Whoever wrote the plan does not let its challengers on.
         */
        post: operations["acceptance_v1_iterations__name__runs__day__acceptance_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every API key */
        get: operations["keys_v1_keys_get"];
        put?: never;
        /**
         * Make an API key
         * @description The key itself is in this answer and nowhere else. Approvals and settings are no scopes of keys.
         */
        post: operations["make_v1_keys_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/keys/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Revoke an API key */
        delete: operations["revoke_v1_keys__name__delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/labels": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Labels of the live release: what tells, what is bad, from when on it is trusted */
        get: operations["labels_v1_labels_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/labels/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What is known of a label: decisions by month and state, and how late the bads come
         * @description Looked at like a model that is monitored: ask again while it is looking.
         */
        get: operations["label_v1_labels__name__get"];
        put?: never;
        post?: never;
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
    "/v1/lists/{name}/bulk": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Look at many pasted rows, and apply them
         * @description Every row is read first; one that cannot be taken is named by its line, with the reason. With `apply` all rows are applied at once or none is; `skip_rejected` leaves the bad ones out. At most 10,000 rows.
         */
        post: operations["bulk_v1_lists__name__bulk_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/lists/{name}/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Changes of a list, newest first */
        get: operations["changes_v1_lists__name__changes_get"];
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
        /** One member and its history */
        get: operations["member_v1_lists__name__entries__member__get"];
        put?: never;
        post?: never;
        /** Take one member off a list */
        delete: operations["remove_v1_lists__name__entries__member__delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/lists/{name}/lookup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Whether somebody is on a list
         * @description By the real identifier or the pseudonym; the identifier is not kept.
         */
        post: operations["lookup_v1_lists__name__lookup_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/lists/{name}/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What a change would do, and whom it would have met
         * @description Looks through the newest decisions for the members, by pseudonym. Nothing is changed.
         */
        post: operations["preview_v1_lists__name__preview_post"];
        delete?: never;
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
         * @description At most a few seconds old. Prometheus' metrics of the server itself are at /metrics.
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
    "/v1/metrics/{name}/series": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One metric over time, by a dimension
         * @description At most twelve values of the dimension, the largest first. Empty buckets of counts are 0, of the rest null.
         */
        get: operations["series_v1_metrics__name__series_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/models": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All models */
        get: operations["models_v1_models_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/models/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One model: tables, proofs, lineage */
        get: operations["model_v1_models__name__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/models/{name}/comparison": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Two versions of a model */
        get: operations["comparison_v1_models__name__comparison_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/models/{name}/neighbours": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Who of its neighbours would move the score of an event, by a graph network
         * @description Reads the event as a decision would, finds the earlier events that it would meet now, and leaves out each, and each link, in turn. Nothing is kept. An event that the network does not score has no neighbours.
         */
        post: operations["neighbours_v1_models__name__neighbours_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/models/{name}/performance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How a model did on recorded decisions
         * @description Its scores, what moved them, and where outcomes are known the figures a training would give.
         */
        get: operations["performance_v1_models__name__performance_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/monitoring/{model}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How a model does on its decisions, with intervals, limits and owners of alerts
         * @description A process of its own looks, and decisions are not disturbed: ask again while it is looking. What was seen is kept; every live model is looked at by month once a day.
         */
        get: operations["monitoring_v1_monitoring__model__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/overview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The tiles of the overview
         * @description Metrics with a place on the overview, all as of one moment.
         */
        get: operations["tiles_v1_overview_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/overview/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What changed, and why numbers moved
         * @description Releases, list changes, and each tile's move taken apart by its dimensions, exactly.
         */
        get: operations["changes_v1_overview_changes_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/people": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Everybody */
        get: operations["people_v1_people_get"];
        put?: never;
        /**
         * Add somebody
         * @description They choose a password themselves, by the one-time link in the answer.
         */
        post: operations["add_v1_people_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/people/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change roles or name of somebody, disable or enable them
         * @description What is left out stays. Who is disabled has no session any more.
         */
        patch: operations["change_v1_people__name__patch"];
        trace?: never;
    };
    "/v1/people/{name}/link": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A one-time link for somebody who cannot sign in */
        post: operations["reset_v1_people__name__link_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/propagation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How far changes have got
         * @description For each change but those of cases: when it was in force, and when every open connection and process had it.
         */
        get: operations["propagation_v1_propagation_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/propagation/confirmations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say that a page has a change */
        post: operations["confirm_v1_propagation_confirmations_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ready-features": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Features of the library that this workspace could have
         * @description Each set is a definition to push: its features were compiled against the live event types.
         */
        get: operations["ready_v1_ready_features_get"];
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
    "/v1/releases/{release}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One release: its parts, what it changed, who approved it */
        get: operations["release_v1_releases__release__get"];
        put?: never;
        post?: never;
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
    "/v1/releases/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What a release would change, in words
         * @description Assembled and checked like a release, and told against what is live. Nothing is changed.
         */
        post: operations["preview_v1_releases_preview_post"];
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
        /** Versions that wait: for a judgement, for a release, for their author */
        get: operations["queue_v1_reviews_get"];
        put?: never;
        /** Approve versions */
        post: operations["review_v1_reviews_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reviews/declined": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send versions back to their authors
         * @description They cannot go live until somebody approves them after all.
         */
        post: operations["decline_v1_reviews_declined_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Rings, those to be looked at first in front
         * @description `state=living` leaves out those that ended or were dismissed. `text` finds the id of a ring or a case, or the pseudonym of a member.
         */
        get: operations["rings_v1_rings_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rings/{ring_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One ring with all there is to look at
         * @description Its members and what they share by pseudonym, the links between them, how it formed, known frauds near it, and what was done about it. What the last look did not find has only its story.
         */
        get: operations["ring_v1_rings__ring_id__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rings/{ring_id}/case": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Open a case about a ring
         * @description With the last decision about each member as evidence; where there is one already, it is that one.
         */
        post: operations["case_v1_rings__ring_id__case_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rings/{ring_id}/dismiss": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say that a ring is no fraud
         * @description It is left out of the list until it has grown by a half.
         */
        post: operations["dismiss_v1_rings__ring_id__dismiss_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rings/{ring_id}/list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Put a ring on lists
         * @description What a radius showed, and only if it would still hit the same: `seen` is of that radius.
         */
        post: operations["put_v1_rings__ring_id__list_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rings/{ring_id}/radius": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Who would be hit if the ring were put on lists
         * @description Members on the list of people, what they share on those of identifiers, as the definition says. Crowds and identifiers with an honest past are refused. Nothing is changed.
         */
        post: operations["radius_v1_rings__ring_id__radius_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rings/{ring_id}/undo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take off lists exactly what one action put on
         * @description Entries that somebody replaced or removed since stay as they are.
         */
        post: operations["undo_v1_rings__ring_id__undo_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rings/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Look for rings now
         * @description They are looked for by themselves as often as their definitions say.
         */
        post: operations["refresh_v1_rings_refresh_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who asks, and what they may do */
        get: operations["session_v1_session_get"];
        put?: never;
        /** Sign in */
        post: operations["sign_in_v1_session_post"];
        /** Sign out */
        delete: operations["sign_out_v1_session_delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/session/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Change one's password; all other sessions end */
        post: operations["password_v1_session_password_post"];
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
         * Watch decisions as they are taken, and changes as they come into force
         * @description Server-sent events.
         *
         *     `hello`: the name of this connection and the id it starts from. `decisions`: at most four a second, each with the newest
         *     decisions and the number of those left out. `changed`: every change, at once and in order, with an id:
         *     `{"kind": "release" | "list" | "case" | "artefact" | "person", "name": ..., "seq": ..., "at": ...}`. `resync`: more was
         *     missed than is kept, or the server was started anew; read again what you hold.
         *
         *     A page that says what it has (`POST /v1/propagation/confirmations`) makes the proof of propagation end to end.
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
    "/v1/studio/columns": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Everything a policy on one type of event may name */
        get: operations["columns_v1_studio_columns_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/studio/expression/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Look at an expression, and try it on recorded decisions */
        post: operations["expression_v1_studio_expression_check_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/studio/policies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All policies with their versions */
        get: operations["policies_v1_studio_policies_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/studio/policies/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One policy: its versions, and one of them in full */
        get: operations["policy_v1_studio_policies__name__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/studio/policy/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Look at a draft from every side
         * @description Findings with places and remedies, the policy in words in both languages, its drawing, its tables analysed, its examples run and what they reach. Any JSON value may be a draft; nothing is kept.
         */
        post: operations["check_v1_studio_policy_check_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/studio/policy/diff": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What changed between two policies, in words */
        post: operations["compare_v1_studio_policy_diff_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/studio/policy/text": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A policy as text, or the document a text holds
         * @description Written over the text of before, comments and layout are kept where nothing changed.
         */
        post: operations["text_v1_studio_policy_text_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/training-looks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Look at a table before anything is trained
         * @description Columns with what they are and a few values (none where a column names a person), what they most likely mean, what gives the outcome away, and which columns stand in for forbidden ones.
         */
        post: operations["look_v1_training_looks_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/training-looks/{look_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A look at a table, and once it is done what was seen */
        get: operations["seen_v1_training_looks__look_id__get"];
        put?: never;
        post?: never;
        /** End a look that is being taken */
        delete: operations["end_v1_training_looks__look_id__delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/training-uploads": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How large files for training may be, which kinds are read, and which models can compete */
        get: operations["limits_v1_training_uploads_get"];
        put?: never;
        /** Announce a file to train on */
        post: operations["announce_v1_training_uploads_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/training-uploads/{upload_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One file, as far as it has arrived */
        get: operations["uploaded_v1_training_uploads__upload_id__get"];
        put?: never;
        post?: never;
        /** Delete a file */
        delete: operations["remove_v1_training_uploads__upload_id__delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/training-uploads/{upload_id}/pieces": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a piece of a file
         * @description In order; a piece that is there already changes nothing, so that one may be sent again.
         */
        post: operations["piece_v1_training_uploads__upload_id__pieces_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/trainings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Trainings that were run */
        get: operations["listed_v1_trainings_get"];
        put?: never;
        /**
         * Train on a table
         * @description In a process of its own: decisions are not disturbed, nothing goes live. One runs at a time; the champion is compared with every live model that can score the same test rows.
         */
        post: operations["begin_v1_trainings_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/trainings/{training_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One training: how far it is, and its report once it is done */
        get: operations["one_v1_trainings__training_id__get"];
        put?: never;
        post?: never;
        /** Cancel a training that runs */
        delete: operations["cancel_v1_trainings__training_id__delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/trainings/{training_id}/draft": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make a draft of a trained model
         * @description Pushes the model and words for its reasons as drafts of the register, to be reviewed by another person. Words that the live release has already stay as they are.
         */
        post: operations["draft_v1_trainings__training_id__draft_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/trainings/{training_id}/report": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The report of a training as one page to keep */
        get: operations["report_v1_trainings__training_id__report_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All webhooks */
        get: operations["all_webhooks_v1_webhooks_get"];
        put?: never;
        /**
         * Tell a receiver of what happens from now on
         * @description The secret is shown in this answer only. Requests are signed after the Standard Webhooks specification and repeated until they are taken; a repetition has the same `webhook-id`.
         */
        post: operations["create_v1_webhooks_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{webhook_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One webhook */
        get: operations["one_webhook_v1_webhooks__webhook_id__get"];
        put?: never;
        post?: never;
        /** Forget a webhook and its messages */
        delete: operations["delete_v1_webhooks__webhook_id__delete"];
        options?: never;
        head?: never;
        /** Change, enable or disable a webhook */
        patch: operations["change_v1_webhooks__webhook_id__patch"];
        trace?: never;
    };
    "/v1/webhooks/{webhook_id}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Messages of a webhook, newest first */
        get: operations["deliveries_v1_webhooks__webhook_id__deliveries_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{webhook_id}/deliveries/{delivery_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One message with its body */
        get: operations["delivery_v1_webhooks__webhook_id__deliveries__delivery_id__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{webhook_id}/deliveries/{delivery_id}/attempts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a message again now
         * @description Once, under the same id. A dead letter that is not taken stays dead.
         */
        post: operations["again_v1_webhooks__webhook_id__deliveries__delivery_id__attempts_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{webhook_id}/secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give a webhook a new secret
         * @description The one before signs along for a day, so that the receiver can be changed in peace.
         */
        post: operations["rotate_v1_webhooks__webhook_id__secret_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{webhook_id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a test now
         * @description Blocks until the receiver has answered, at most ten seconds; the answer says what came of it.
         */
        post: operations["test_v1_webhooks__webhook_id__test_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/welcome": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether anybody can sign in yet, and whether one is signed in */
        get: operations["before_v1_welcome_get"];
        put?: never;
        /** Take a one-time link: choose a password and come in */
        post: operations["welcome_v1_welcome_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/welcome/link": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What a one-time link is for */
        post: operations["link_v1_welcome_link_post"];
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
         * AcceptanceGiven
         * @description It is on record, and holds from the next run on.
         */
        AcceptanceGiven: {
            acceptances: components["schemas"]["AcceptanceShown"][];
            /** @description a day where the plan is */
            day: string;
            name: string;
        };
        /**
         * AcceptanceRequest
         * @description What was refused is right after all.
         *
         *         Attributes:
         *             what: the rows that the feed's gate refused, or the challenger that its own gates took for too good to be true.
         *             reason: what was checked; it stands in the log book.
         *             by: counts only from a caller trusted like this process.
         */
        AcceptanceRequest: {
            /** @default null */
            by: string | null;
            reason: string;
            /**
             * @default rows
             * @enum {unknown}
             */
            what: "challenger" | "rows";
        };
        /**
         * AcceptanceShown
         * @description A person's word on what was refused.
         *
         *         Attributes:
         *             of: rows decided or told on that day, or its challenger; ``model`` is the challenger's document, empty for rows.
         */
        AcceptanceShown: {
            /** @description RFC 3339, UTC */
            at: string;
            by: string;
            /** @default  */
            model: string;
            /** @enum {unknown} */
            of: "challenger" | "decided" | "told";
            reason: string;
        };
        /**
         * ActivationSummary
         * @description One time it went live.
         */
        ActivationSummary: {
            /** @description RFC 3339, UTC */
            at: string;
            by: string;
            note: string;
            rolled_back: boolean;
        };
        /**
         * Alert
         * @description A figure beyond its limit, and who looks into it.
         */
        Alert: {
            by: string;
            en: string;
            figure: string;
            found: number;
            limit: number;
            n: number;
            owner: string;
            value: string;
            zh: string;
        };
        /**
         * AnsweredFact
         * @description One fact of the answer, and where it stands there.
         */
        AnsweredFact: {
            at: string;
            description: string;
            name: string;
            nullable: boolean;
            type: string;
        };
        /**
         * Approval
         * @description Somebody put their name to a version.
         */
        Approval: {
            approver: string;
            /** @description RFC 3339, UTC */
            at: string;
            note: string;
        };
        /**
         * ArmReading
         * @description One arm.
         *
         *         Attributes:
         *             share: in percent, as set now.
         *             counted: decisions that the metric counts, such as those with a label that is trusted.
         *             value, low, high: the metric with its always-valid interval; None on too few.
         *             approved_minor: approved by it, where an amount is defined.
         *             latency_ms_p50, latency_ms_p99: of its decisions; of a shadow's challenger, of its computation.
         */
        ArmReading: {
            approved_minor: number | null;
            arm: string;
            counted: number;
            decisions: number;
            high: number | null;
            latency_ms_p50: number | null;
            latency_ms_p99: number | null;
            low: number | null;
            outcomes: {
                [key: string]: number;
            };
            share: number;
            units: number;
            value: number | null;
        };
        /**
         * ArrivalCurve
         * @description How late the bads come.
         *
         *         Attributes:
         *             decisions, bads: looked at; ``young`` of the decisions were watched for less than ``days``.
         *             days: the last day looked at: the window, or as far as enough decisions were watched.
         *             points: of the curve, where it rises; at most forty.
         *             trust_after_days: the first day by which ``trusted_share`` is known; ``trust_after_days_high`` by which its lower
         *                 bound is. None where there are no bads.
         */
        ArrivalCurve: {
            bads: number;
            days: number;
            decisions: number;
            points: components["schemas"]["ArrivalPoint"][];
            trust_after_days: number | null;
            trust_after_days_high: number | null;
            trusted_share: number;
            young: number;
        };
        /**
         * ArrivalPoint
         * @description ``share`` of the eventual bads is known ``days`` after the decision, with its 95 % interval.
         *
         *         ``watched`` decisions were watched at least so long.
         */
        ArrivalPoint: {
            days: number;
            high: number;
            low: number;
            share: number;
            watched: number;
        };
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
            state: "declined" | "draft" | "live" | "retired" | "reviewed";
        };
        /**
         * Asked
         * @description One question of a decision, as it is recorded. Nothing personal in it; the facts are sealed with the inputs.
         *
         *         Attributes:
         *             connector: its name.
         *             source: who answered; ``simulated`` answers are SIMULATED.
         *             fault: why there is no answer; None where there is one.
         *             no_record: the answer is that nothing is known.
         *             attempts: requests that were sent for it.
         *             latency_ms: waited for it.
         *             cost_minor: what it cost, in ``currency``.
         *             unsure_minor: price of attempts that were sent and not answered, which may be billed all the same.
         *             worth_minor: what asking was expected to be worth, where that chose the order.
         */
        Asked: {
            /** @default 0 */
            attempts: number;
            connector: string;
            /** @default 0 */
            cost_minor: number;
            /** @default  */
            currency: string;
            /** @default null */
            fault: ("address_not_allowed" | "answer" | "breaker_open" | "connection" | "internal" | "name" | "no_input" | "no_secret" | "no_time" | "not_recorded" | "off" | "other_release" | "refused" | "status" | "timeout" | "tls" | "too_large") | null;
            /** @default 0 */
            latency_ms: number;
            /** @default false */
            no_record: boolean;
            /** @enum {unknown} */
            source: "cache" | "live" | "nobody" | "recorded" | "simulated";
            /** @default 0 */
            unsure_minor: number;
            /** @default null */
            worth_minor: number | null;
        };
        /**
         * Assigned
         * @description The arm that a decision was taken in, as it is recorded with it.
         *
         *         Attributes:
         *             experiment, arm: by name.
         *             unit: whom the assignment is by; None where the event names nobody of that kind, who gets the champion.
         *             member: of a cluster: who was decided on.
         *             models: models that the arm asked others for, by name.
         *             merged: of a cluster: others that parts of it were assigned by before it became one.
         */
        Assigned: {
            arm: string;
            experiment: string;
            /** @default null */
            member: string | null;
            /** @default [] */
            merged: string[];
            /** @default {} */
            models: {
                [key: string]: string;
            };
            /** @default null */
            unit: string | null;
        };
        /**
         * AttackAgainst
         * @description What was attacked: a release, with some of its definitions replaced by drafts.
         *
         *         Attributes:
         *             release: digest of the whole set.
         *             drafts: ``kind/name`` of what is not as it is live.
         *             policy, event_type: what decided on what.
         */
        AttackAgainst: {
            drafts: string[];
            event_type: string;
            policy: string;
            release: string;
        };
        /**
         * AttackAsked
         * @description An attack to be run.
         *
         *         Attributes:
         *             kind: of attack; see ``ATTACK_KINDS``.
         *             intensity: attempts, as a share of what honest people do in the same time; None for the kind's own.
         *             disguise: 0 shares all that can be shared, 1 nothing; None for the kind's own.
         *             seed: everything follows from it.
         *             days: length of the attack; warm_up_days: honest life before it.
         *             customers: people in the town.
         *             policy: which one decides; None for the one that decides on such events anyway.
         *             event_type: the workspace's name for the simulated event; None for the generator's own.
         *             fields: the workspace's field to the simulated one, where they are not called the same; ``=value`` for a constant.
         */
        AttackAsked: {
            /** @default 4000 */
            customers: number;
            /** @default 14 */
            days: number;
            /** @default null */
            disguise: number | null;
            /** @default null */
            event_type: string | null;
            /** @default {} */
            fields: {
                [key: string]: string;
            };
            /** @default null */
            intensity: number | null;
            kind: string;
            /** @default null */
            policy: string | null;
            /** @default 7 */
            seed: number;
            /** @default 21 */
            warm_up_days: number;
        };
        /**
         * AttackChange
         * @description One figure before and after.
         *
         *         Attributes:
         *             figure: ``attempts_approved``, ``attempts_reviewed``, ``attempts_declined``, ``lost_minor``, ``honest_reviewed``,
         *                 ``honest_declined``, ``honest_people_hurt``, ``reviews`` or ``first_alarm_seconds``.
         *             before, after: None where there is nothing, such as an alarm that never came.
         *             better: whether it moved in the defender's favour; None where it did not move.
         */
        AttackChange: {
            after: number | null;
            before: number | null;
            better: boolean | null;
            figure: string;
        };
        /**
         * AttackComparison
         * @description Two reports of the same attack.
         *
         *         Attributes:
         *             roles: role to honest events stopped (reviewed or declined), before and after.
         *             stoppers: what stopped attempts, before and after.
         *             words: what changed, most important first; one sentence where nothing did.
         *             exact: whether the attempts were the same; an adaptive attacker reacts, and so tries other things.
         */
        AttackComparison: {
            exact: boolean;
            figures: components["schemas"]["AttackChange"][];
            roles: {
                [key: string]: [
                    number,
                    number
                ];
            };
            /** @default true */
            simulated: boolean;
            stoppers: {
                [key: string]: [
                    number,
                    number
                ];
            };
            words: components["schemas"]["Sentence"][];
        };
        /**
         * AttackDraft
         * @description A definition that stands in the place of the live one of its kind and name.
         */
        AttackDraft: {
            body: Record<string, never>;
            kind: string;
            name: string;
        };
        /**
         * AttackKinds
         * @description Every kind of attack, and how far the dials may be turned.
         */
        AttackKinds: {
            kinds: components["schemas"]["AttackKindShown"][];
            limits: {
                [key: string]: components["schemas"]["DialLimits"];
            };
        };
        /**
         * AttackKindShown
         * @description A kind of attack.
         *
         *         Attributes:
         *             title_en, title_zh, words_en, words_zh: what it is called, and what it does.
         *             event_type: the simulated event it is made of.
         *             intensity, disguise: where its dials stand to begin with.
         *             interactive: whether it reacts to the answers it gets.
         *             policy: which live policy decides on its events; null where it cannot be played, and ``fault`` says why.
         */
        AttackKindShown: {
            disguise: number;
            event_type: string;
            fault: components["schemas"]["Fault"] | null;
            intensity: number;
            interactive: boolean;
            kind: string;
            policy: string | null;
            title_en: string;
            title_zh: string;
            words_en: string;
            words_zh: string;
        };
        /**
         * AttackLever
         * @description What an adaptive attacker came to believe: the boldest setting that passes, the mildest that is stopped.
         */
        AttackLever: {
            lever: string;
            passes: number;
            stopped: number | null;
        };
        /**
         * AttackMoment
         * @description One stretch of the attack's time: what was attempted, what got through, and who was hurt meanwhile.
         *
         *         Attributes:
         *             after_seconds: its beginning, from that of the attack.
         */
        AttackMoment: {
            after_seconds: number;
            approved: number;
            attempts: number;
            declined: number;
            honest: number;
            honest_stopped: number;
            lost_minor: number;
            reviewed: number;
        };
        /**
         * AttackNote
         * @description Something one has to know to read the report: a code, and what it is about.
         */
        AttackNote: {
            code: string;
            /** @default 0 */
            count: number;
            /** @default [] */
            names: string[];
        };
        /**
         * AttackReport
         * @description What an attack came to. Everything in it is SIMULATED, and says so.
         *
         *         Attributes:
         *             asked: with the dials as they stood.
         *             attempts: fraudulent attempts, by what was decided.
         *             build_up: what attackers did that is no fraud in itself, such as a sleeper's good purchases.
         *             lost_minor: what is lost through the attempts that were approved, at most the limit that was granted.
         *             at_stake_minor: what would have been lost without any defence.
         *             honest: everybody else in the attack's time; roles: the same by role.
         *             reviews: cases that somebody has to look at; reviews_wasted: of them, honest ones.
         *             money: which field is the money; None where the event has none.
         */
        AttackReport: {
            against: components["schemas"]["AttackAgainst"];
            asked: components["schemas"]["AttackAsked"];
            at_stake_minor: number;
            attempts: components["schemas"]["AttackTally"];
            build_up: components["schemas"]["AttackTally"];
            currency: string;
            honest: components["schemas"]["AttackTally"];
            honest_people_hurt: number;
            levers: components["schemas"]["AttackLever"][];
            lost_minor: number;
            money: string | null;
            notes: components["schemas"]["AttackNote"][];
            reviews: number;
            reviews_wasted: number;
            roles: components["schemas"]["AttackRole"][];
            seen: components["schemas"]["AttackSeen"];
            /** @default true */
            simulated: boolean;
            stoppers: components["schemas"]["AttackStopper"][];
            timeline: components["schemas"]["AttackMoment"][];
        };
        /**
         * AttackRequest
         * @description What would this attack come to?
         *
         *         Attributes:
         *             kind: see ``GET /v1/attacks/kinds``.
         *             intensity: attempts, as a share of what honest people do in the same time; the kind's own by default.
         *             disguise: 0 shares all that can be shared, 1 nothing; the kind's own by default.
         *             seed: everything follows from it.
         *             days, warm_up_days: length of the attack, and of the honest life before it.
         *             customers: people in the simulated town.
         *             policy: which one decides; the one that decides on such events by default.
         *             event_type: the workspace's name for the simulated event, where it has another.
         *             fields: field of the workspace to the simulated one, where they are not called the same; ``=value`` for a constant.
         *             versions, artefacts: drafts that stand in the place of what is live: pushed ones by digest, others whole.
         *             label: what the run is called.
         */
        AttackRequest: {
            /** @default [] */
            artefacts: components["schemas"]["AttackDraft"][];
            /** @default 4000 */
            customers: number;
            /** @default 14 */
            days: number;
            /** @default null */
            disguise: number | null;
            /** @default null */
            event_type: string | null;
            /** @default {} */
            fields: {
                [key: string]: string;
            };
            /** @default null */
            intensity: number | null;
            kind: string;
            /** @default  */
            label: string;
            /** @default null */
            policy: string | null;
            /** @default 7 */
            seed: number;
            /** @default [] */
            versions: string[];
            /** @default 21 */
            warm_up_days: number;
        };
        /**
         * AttackRole
         * @description Honest people of one role, and what was decided on what they did.
         */
        AttackRole: {
            people: number;
            role: string;
            tally: components["schemas"]["AttackTally"];
        };
        /**
         * AttackRunDetail
         * @description A run with its report, once it is done.
         */
        AttackRunDetail: {
            report: components["schemas"]["AttackReport"] | null;
            run: components["schemas"]["AttackRunShown"];
        };
        /**
         * AttackRunPage
         * @description Runs that are kept, the newest first.
         */
        AttackRunPage: {
            items: components["schemas"]["AttackRunShown"][];
        };
        /**
         * AttackRunShown
         * @description One run; SIMULATED.
         *
         *         Attributes:
         *             release: the live release it began from; drafts: ``kind/name`` of what was put in its place.
         *             done, total: events played, of how many.
         *             attempts, approved, lost_minor, honest_stopped: of the report, once it is done.
         */
        AttackRunShown: {
            approved: number | null;
            asked: components["schemas"]["AttackAsked"];
            attack_id: string;
            attempts: number | null;
            by: string;
            currency: string;
            done: number;
            drafts: string[];
            error: components["schemas"]["RunError"] | null;
            finished_at: string | null;
            honest_stopped: number | null;
            label: string;
            lost_minor: number | null;
            release: string;
            /** @default true */
            simulated: boolean;
            /** @description RFC 3339, UTC */
            started_at: string;
            /** @enum {unknown} */
            state: "cancelled" | "done" | "failed" | "running";
            total: number;
        };
        /**
         * AttackSeen
         * @description How soon it was seen.
         *
         *         Attributes:
         *             groups: rings, waves, thieves or chains that made at least one attempt.
         *             seen: groups of which at least one attempt was stopped.
         *             first_alarm_seconds: from the first attempt of all to the first that was stopped.
         *             attempts_before: attempts that got through before that.
         *             member_median, member_p90: which attempt of its group was the first to be stopped, of the groups that were seen.
         *             by_third: share of all groups that were seen by their third attempt.
         *             stopped_after: share of attempts stopped after the first alarm of their group.
         */
        AttackSeen: {
            attempts_before: number;
            by_third: number | null;
            first_alarm_seconds: number | null;
            groups: number;
            member_median: number | null;
            member_p90: number | null;
            seen: number;
            stopped_after: number | null;
        };
        /**
         * AttackStopper
         * @description A rule, a row of a table, a list or a case of the policy that stopped something.
         *
         *         Attributes:
         *             name: ``stage.rule`` as a decision records it; a reason code where nothing fired by name.
         *             reasons: codes given with it.
         *             attack, honest: attempts and honest events that it stopped, alone or with others.
         *             alone: attempts that nothing else would have stopped.
         *             first_seconds: from the first attempt of all to the first that it stopped; None where it stopped none.
         */
        AttackStopper: {
            alone: number;
            attack: number;
            first_seconds: number | null;
            honest: number;
            name: string;
            reasons: string[];
        };
        /**
         * AttackTally
         * @description Some events by what was decided on them: how many, and how much money they asked for.
         */
        AttackTally: {
            /** @default 0 */
            amount_minor: number;
            /** @default 0 */
            approved: number;
            /** @default 0 */
            approved_minor: number;
            /** @default 0 */
            count: number;
            /** @default 0 */
            declined: number;
            /** @default 0 */
            declined_minor: number;
            /** @default 0 */
            reviewed: number;
            /** @default 0 */
            reviewed_minor: number;
        };
        /**
         * AttributedDecision
         * @description One decision that differs; ``shares`` by component sum to 1.
         */
        AttributedDecision: {
            cause: string;
            decision_id: string;
            event_id: string;
            /** @default [] */
            lists: string[];
            now: string;
            shares: {
                [key: string]: number;
            };
            then: string;
        };
        /**
         * Attribution
         * @description Why decisions differ; see ``attribution``.
         *
         *         Attributes:
         *             looked_at: decisions that could be taken with every mixture of components; differing: of these.
         *             together: differing decisions that no single component explains.
         *             left_out: decisions that some mixture cannot decide.
         */
        Attribution: {
            causes: components["schemas"]["CauseShare"][];
            differing: number;
            examples: components["schemas"]["AttributedDecision"][];
            left_out: number;
            looked_at: number;
            together: number;
        };
        /**
         * AuditNote
         * @description One line of the audit record. ``before`` and ``after`` are digests of the object's state.
         */
        AuditNote: {
            action: string;
            after: string | null;
            /** @description RFC 3339, UTC */
            at: string;
            before: string | null;
            by: string;
            detail: Record<string, never>;
            id: string;
            /** @enum {unknown} */
            kind: "key" | "person" | "process";
            object: string;
            seq: number;
            speaking_as: string;
        };
        /**
         * AuditPage
         * @description Notes, newest first; ``next_before`` continues, null at the end.
         */
        AuditPage: {
            next_before: number | null;
            notes: components["schemas"]["AuditNote"][];
        };
        /**
         * BacktestAsked
         * @description One question.
         *
         *         Attributes:
         *             event_type: of the events decided on.
         *             candidate, against: the two sides.
         *             since, until: of the events' own time, RFC 3339; from and up to but without. None: from the first, to the last.
         *             price: what money is counted by; None counts amounts at stake only.
         *             score: a model of the candidate, by name: orders decisions for cut-offs and for equal approval.
         *             inferred: a model whose probability stands for the outcome where nobody knows it; by default ``score``.
         *             segments: recorded fields by which approval is compared.
         *             rules: measure each rule of the candidate.
         *             sweep: try other numbers in a rule.
         *             attribute: say what made the difference where a decision differs.
         *             sample: decisions taken again one by one, to hold the columns against; drawn by ``seed``.
         */
        BacktestAsked: {
            /**
             * @default {
             *       "drafts": [],
             *       "label": "",
             *       "policy": null,
             *       "release": "recorded",
             *       "versions": []
             *     }
             */
            against: components["schemas"]["SideAsked"];
            /** @default false */
            attribute: boolean;
            /**
             * @default {
             *       "drafts": [],
             *       "label": "",
             *       "policy": null,
             *       "release": "live",
             *       "versions": []
             *     }
             */
            candidate: components["schemas"]["SideAsked"];
            event_type: string;
            /** @default null */
            inferred: string | null;
            /** @default null */
            price: components["schemas"]["Price"] | null;
            /** @default true */
            rules: boolean;
            /** @default 500 */
            sample: number;
            /** @default null */
            score: string | null;
            /** @default 7 */
            seed: number;
            /** @default [] */
            segments: string[];
            /** @default null */
            since: string | null;
            /** @default null */
            sweep: components["schemas"]["RuleSweep"] | null;
            /** @default null */
            until: string | null;
        };
        /**
         * BacktestReport
         * @description The answer.
         *
         *         Attributes:
         *             since, until: of the decisions looked at, RFC 3339.
         *             known_up_to: the journal place up to which outcomes and events are known.
         *             source: ``journal`` or ``lake``.
         *             price: what money was counted by; an assumption.
         *             took_s: by step, seconds.
         *             digest: of everything in it but ``took_s``: the same question over the same history has the same one.
         */
        BacktestReport: {
            against: components["schemas"]["SideShown"];
            /** @default null */
            attribution: components["schemas"]["Attribution"] | null;
            candidate: components["schemas"]["SideShown"];
            changed: number;
            currency: string;
            /** @default null */
            cutoffs: components["schemas"]["Cutoffs"] | null;
            /** @default  */
            digest: string;
            event_type: string;
            /** @default [] */
            fairness: components["schemas"]["Fairness"][];
            honesty: components["schemas"]["Honesty"];
            known_up_to: number;
            /** @default [] */
            overlap: components["schemas"]["RuleOverlap"][];
            price: components["schemas"]["Price"] | null;
            proof: components["schemas"]["Proof"];
            /** @default [] */
            rules: components["schemas"]["RuleValue"][];
            since: string | null;
            source: string;
            swap: components["schemas"]["SwapSet"][];
            /** @default [] */
            sweep: components["schemas"]["SweepPoint"][];
            /** @default {} */
            took_s: {
                [key: string]: number;
            };
            until: string | null;
        };
        /**
         * BacktestRequest
         * @description What would these decisions have come to?
         *
         *         Attributes:
         *             label: what the run is called.
         */
        BacktestRequest: {
            asked: components["schemas"]["BacktestAsked"];
            /** @default  */
            label: string;
        };
        /**
         * BacktestRunDetail
         * @description A run with its report, once it is done.
         */
        BacktestRunDetail: {
            report: components["schemas"]["BacktestReport"] | null;
            run: components["schemas"]["BacktestRunShown"];
        };
        /**
         * BacktestRunPage
         * @description Runs that are kept, the newest first.
         */
        BacktestRunPage: {
            items: components["schemas"]["BacktestRunShown"][];
        };
        /**
         * BacktestRunShown
         * @description One run.
         *
         *         Attributes:
         *             asked: as it was asked; of drafts the names alone.
         *             done, total: decisions looked at, of how many.
         *             decisions, compared, changed: of the report, once it is done.
         */
        BacktestRunShown: {
            asked: components["schemas"]["BacktestAsked"];
            backtest_id: string;
            by: string;
            changed: number | null;
            compared: number | null;
            currency: string;
            decisions: number | null;
            done: number;
            error: components["schemas"]["RunError"] | null;
            finished_at: string | null;
            label: string;
            /** @description RFC 3339, UTC */
            started_at: string;
            /** @enum {unknown} */
            state: "cancelled" | "done" | "failed" | "running";
            total: number;
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
         * BinEdit
         * @description One change of the bins of a column.
         *
         *         Attributes:
         *             input: the column.
         *             action: ``merge``: take away the breaks ``at``, or put the texts of each of ``groups`` into one bin; ``split``: add
         *                 the breaks ``at``, or take the texts of each of ``groups`` into a bin of their own; ``lock``: the breaks are
         *                 ``at``, or the groups are ``groups``, and no others; ``special``: each of the values ``at`` gets a bin of its own.
         *             at: numbers, for a numeric column.
         *             groups: texts, for a categorical column.
         *             who: whose decision it is; ``reason``: why.
         */
        BinEdit: {
            /** @enum {unknown} */
            action: "lock" | "merge" | "special" | "split";
            /** @default [] */
            at: number[];
            /** @default [] */
            groups: string[][];
            input: string;
            reason: string;
            who: string;
        };
        /**
         * Bounds
         * @description A figure over decisions of which some outcomes are unknown.
         *
         *         Attributes:
         *             known: over the known ones alone; all_good, all_bad: were every unknown one good, or bad.
         *             inferred: each unknown one counted by a model's probability; None without such a model, or where it said nothing
         *                 of one of them.
         */
        Bounds: {
            all_bad: number | null;
            all_good: number | null;
            /** @default null */
            inferred: number | null;
            known: number | null;
        };
        /**
         * CaseAssign
         * @description To whom; null gives it back to its queue. Left out: to yourself.
         */
        CaseAssign: {
            /** @default null */
            by: string | null;
            to?: string | null;
            /** @description the version you saw; 409 where it is another by now */
            version: number;
        };
        /**
         * CaseConflict
         * @description A conflict, with the case as it is now.
         */
        CaseConflict: {
            /** @default null */
            at: string | null;
            case: components["schemas"]["CaseSummary"];
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
         * CaseDetail
         * @description A case with all there is to look at: its newest decisions first, the facts, what happened, and its labels.
         */
        CaseDetail: {
            case: components["schemas"]["CaseSummary"];
            decisions: components["schemas"]["DecisionRecord"][];
            facts: components["schemas"]["CaseFact"][];
            /** @description decision id to the event that labels it */
            labels: {
                [key: string]: string;
            };
            timeline: components["schemas"]["CaseEvent"][];
        };
        /**
         * CaseDisposition
         * @description A way a case may end; ``key`` chooses it on the page. ``adverse`` null: it says nothing of what happened.
         */
        CaseDisposition: {
            adverse: boolean | null;
            disposition: string;
            key: string | null;
            second_approval: boolean;
            title: components["schemas"]["CaseWords"];
        };
        /**
         * CaseEscalate
         * @description Move it to the queue above.
         */
        CaseEscalate: {
            /** @default null */
            by: string | null;
            /**
             * @description kept sealed under the person's key
             * @default
             */
            reason: string;
            /** @description the version you saw; 409 where it is another by now */
            version: number;
        };
        /**
         * CaseEvent
         * @description Something that happened to a case, as a sentence; ``text`` is what somebody wrote, gone where ``erased``.
         */
        CaseEvent: {
            /** @description RFC 3339, UTC */
            at: string;
            by: string;
            change: string;
            en: string;
            erased: boolean;
            seq: number;
            text: string | null;
            zh: string;
        };
        /**
         * CaseFact
         * @description One field of the newest event, as it was sent; null where it was erased.
         */
        CaseFact: {
            description: string;
            entity: string | null;
            kind: string | null;
            name: string;
            value: unknown;
        };
        /**
         * CaseNext
         * @description Which queue to take from; all of them where it is left out.
         */
        CaseNext: {
            /** @default null */
            by: string | null;
            /** @default null */
            queue: string | null;
        };
        /**
         * CaseNote
         * @description Something to remember. It needs no version: it contradicts nothing.
         */
        CaseNote: {
            /** @default null */
            by: string | null;
            /** @description kept sealed under the person's key */
            text: string;
        };
        /**
         * CasePage
         * @description Cases that match, in the order asked for; ``next_after`` continues, null at the end.
         */
        CasePage: {
            cases: components["schemas"]["CaseSummary"][];
            next_after: number | null;
            total: number;
        };
        /**
         * CaseQueue
         * @description A queue and what is in it; ``due_after_s`` seconds are promised from opening to resolving.
         */
        CaseQueue: {
            assigned: number;
            breached: number;
            due_after_s: number;
            due_soon: number;
            escalates_to: string | null;
            mine: number;
            open: number;
            queue: string;
            resolved_today: number;
            snoozed: number;
            title: components["schemas"]["CaseWords"];
            waiting: number;
        };
        /**
         * CaseQueuePage
         * @description Queues in the order in which they take decisions, and how a case may end.
         */
        CaseQueuePage: {
            dispositions: components["schemas"]["CaseDisposition"][];
            queues: components["schemas"]["CaseQueue"][];
        };
        /**
         * CaseReopen
         * @description Take up again what was over.
         */
        CaseReopen: {
            /** @default null */
            by: string | null;
            /**
             * @description kept sealed under the person's key
             * @default
             */
            reason: string;
            /** @description the version you saw; 409 where it is another by now */
            version: number;
        };
        /**
         * CaseResolve
         * @description How it ended, and why.
         */
        CaseResolve: {
            /** @default null */
            by: string | null;
            disposition: string;
            /**
             * @description kept sealed under the person's key
             * @default
             */
            reason: string;
            /** @description the version you saw; 409 where it is another by now */
            version: number;
        };
        /**
         * CaseSecond
         * @description Whether you agree to what another person proposed.
         */
        CaseSecond: {
            agrees: boolean;
            /** @default null */
            by: string | null;
            /**
             * @description kept sealed under the person's key
             * @default
             */
            reason: string;
            /** @description the version you saw; 409 where it is another by now */
            version: number;
        };
        /**
         * CaseSnooze
         * @description Until when to leave it alone; at most 90 days.
         */
        CaseSnooze: {
            /** @default null */
            by: string | null;
            /**
             * @description kept sealed under the person's key
             * @default
             */
            reason: string;
            /** @description RFC 3339 */
            until: string;
            /** @description the version you saw; 409 where it is another by now */
            version: number;
        };
        /**
         * CaseSummary
         * @description One case.
         *
         *         ``waiting``: for a second person. ``expected_loss_minor`` and ``at_stake_minor`` are in minor units of the workspace's
         *         currency, and null for a caller without ``read_personal``. Until ``undo_until`` its last change can be taken back by
         *         ``changed_by``.
         */
        CaseSummary: {
            assignee: string | null;
            at_stake_minor: number | null;
            breached: boolean;
            case_id: string;
            /** @description RFC 3339, UTC */
            changed_at: string;
            changed_by: string;
            decided_by: string | null;
            decisions: number;
            disposition: string | null;
            /** @description RFC 3339, UTC */
            due_at: string;
            entity: string;
            entity_kind: string;
            expected_loss_minor: number | null;
            notes: number;
            number: number;
            /** @description RFC 3339, UTC */
            opened_at: string;
            outcome: string;
            policy: string;
            probability: number | null;
            queue: string;
            reasons: string[];
            resolved_at: string | null;
            seconded_by: string | null;
            snoozed_until: string | null;
            /** @enum {unknown} */
            state: "assigned" | "open" | "resolved" | "snoozed" | "waiting";
            undo_until: string | null;
            version: number;
        };
        /**
         * CaseTaken
         * @description The case that is now yours, or would be; null where none is free.
         */
        CaseTaken: {
            case: components["schemas"]["CaseSummary"] | null;
        };
        /**
         * CaseUndo
         * @description Take back your last change, within ten seconds.
         */
        CaseUndo: {
            /** @default null */
            by: string | null;
            /** @description the version you saw; 409 where it is another by now */
            version: number;
        };
        /**
         * CaseWords
         * @description A text in both languages.
         */
        CaseWords: {
            en: string;
            zh: string;
        };
        /**
         * CauseShare
         * @description What one component does to the decisions that differ.
         *
         *         Attributes:
         *             component: ``rule``, ``model``, ``list``, ``feature`` or ``data``.
         *             shapley: decisions ascribed to it by its Shapley value; in_order: by swapping one at a time in the fixed order.
         *             alone: decisions that it changes by itself and that nothing else would.
         */
        CauseShare: {
            alone: number;
            component: string;
            in_order: number;
            shapley: number;
        };
        /**
         * ChangeProof
         * @description One change (none of a case) and its way to everybody.
         *
         *         Attributes:
         *             in_force_ms: from when it was asked for until it was durable and every further request was answered by it.
         *             connections: streams that were open then and still are; ``sent``: those that were sent the news;
         *                 ``confirmed``: those whose page said that it has it.
         *             slowest_ms: from in force until the last of them was sent it; ``slowest_confirmed_ms``: until it was confirmed.
         *             everywhere: whether no open connection and no process is without it; tables are not waited for.
         */
        ChangeProof: {
            /** @description RFC 3339, UTC */
            at: string;
            confirmed: number;
            connections: number;
            everywhere: boolean;
            id: string;
            in_force_ms: number | null;
            /** @enum {unknown} */
            kind: "artefact" | "case" | "list" | "person" | "release";
            name: string;
            processes: components["schemas"]["ChangeReach"][];
            sent: number;
            seq: number;
            slowest_confirmed_ms: number | null;
            slowest_connection: string | null;
            slowest_ms: number | null;
        };
        /**
         * ChangeReach
         * @description When a process had a change, counted from when it was in force; null while it has not.
         *
         *         Attributes:
         *             after_ms: until it had read the change.
         *             tables_after_ms: until its tables held it; null also where it keeps none.
         */
        ChangeReach: {
            after_ms: number | null;
            /** @enum {unknown} */
            process: "decisions" | "lake";
            tables_after_ms: number | null;
        };
        /**
         * Checked
         * @description What a draft would be beside everything that is live.
         *
         *         Attributes:
         *             words: what is new in it. same: nothing is: it is the live version.
         *             faults: why it does not hold, or what else would not any more; ``at`` names the definition.
         *             warnings: what would be odd, though not wrong, and is not yet.
         */
        Checked: {
            faults: components["schemas"]["Fault"][];
            same: boolean;
            warnings: string[];
            words: components["schemas"]["TwoTongues"][];
        };
        /**
         * CheckRequest
         * @description A draft that nobody has pushed yet.
         */
        CheckRequest: {
            artefact: components["schemas"]["ArtefactDocument"];
        };
        /**
         * ColumnLook
         * @description One column.
         *
         *         Attributes:
         *             kind: ``numeric``, ``categorical``, ``time`` or ``other``; source: its type as read.
         *             missing, distinct: of the rows looked at.
         *             examples: a few values; none of a private column.
         *             values: the texts it holds with their counts, where they are few; none of a private column.
         *             excluded: why no model would read it, see ``ColumnProfile``; None for an input.
         *             sensitive: what its name says against using it.
         */
        ColumnLook: {
            distinct: number;
            examples: string[];
            excluded: string | null;
            high: number | null;
            kind: string;
            low: number | null;
            missing: number;
            name: string;
            sensitive: components["schemas"]["Sensitive"] | null;
            source: string;
            values: [
                string,
                number
            ][];
        };
        /**
         * Confirmed
         * @description What stands in the book now.
         */
        Confirmed: {
            confirmed: string;
            connection: string;
        };
        /**
         * ConfirmRequest
         * @description A page says that it has every change up to ``id``.
         */
        ConfirmRequest: {
            /** @description from the event hello */
            connection: string;
            /** @description of the event changed */
            id: string;
        };
        /**
         * ConnectorDetail
         * @description A connector with what leaves the house and what may come back.
         */
        ConnectorDetail: {
            answer: components["schemas"]["AnsweredFact"][];
            asked: {
                [key: string]: number;
            };
            attempt_ms: number;
            attempts: number;
            /** @enum {unknown} */
            breaker: "closed" | "half_open" | "open";
            breaker_failures: number;
            breaker_pause_s: number;
            budget_ms: number;
            currency: string;
            description: string;
            /** @description SHA-256 of the content */
            digest: string;
            failures: number;
            faults: {
                [key: string]: number;
            };
            last_faults: components["schemas"]["ConnectorFault"][];
            latency_ms_p50: number | null;
            latency_ms_p99: number | null;
            /** @enum {unknown} */
            mode: "live" | "off" | "record" | "recorded" | "simulated";
            name: string;
            no_record: number[];
            open_until: string | null;
            policies: string[];
            price_minor: number;
            purpose: string;
            retries: number;
            saved_minor: number;
            secret: string | null;
            send: components["schemas"]["SentValue"][];
            /** @description RFC 3339, UTC */
            since: string;
            spent_minor: number;
            unsure_minor: number;
            url: string;
            valid_for_s: number;
        };
        /**
         * ConnectorFault
         * @description A question without an answer.
         */
        ConnectorFault: {
            /** @description RFC 3339, UTC */
            at: string;
            fault: string;
        };
        /**
         * ConnectorPage
         * @description Every connector of the live release, by name.
         */
        ConnectorPage: {
            connectors: components["schemas"]["ConnectorSummary"][];
        };
        /**
         * ConnectorSummary
         * @description A connector of the live release, and how it does since ``since``.
         *
         *         Attributes:
         *             mode: who answers here: the vendor (``live``, ``record``), kept answers (``recorded``), a SIMULATED twin
         *                 (``simulated``), nobody (``off``).
         *             policies: that ask it.
         *             breaker: ``open``: it is left alone; ``half_open``: one call may pass as a probe.
         *             failures: in a row, by now.
         *             open_until: until when it is left alone.
         *             asked: questions of decisions, by who answered; faults: those without an answer, by why.
         *             attempts: requests sent, retries among them.
         *             spent_minor: cost of its answers. unsure_minor: what may be billed for attempts without an answer.
         *                 saved_minor: what kept answers would have cost.
         *             last_faults: newest first.
         */
        ConnectorSummary: {
            asked: {
                [key: string]: number;
            };
            attempts: number;
            /** @enum {unknown} */
            breaker: "closed" | "half_open" | "open";
            budget_ms: number;
            currency: string;
            description: string;
            /** @description SHA-256 of the content */
            digest: string;
            failures: number;
            faults: {
                [key: string]: number;
            };
            last_faults: components["schemas"]["ConnectorFault"][];
            latency_ms_p50: number | null;
            latency_ms_p99: number | null;
            /** @enum {unknown} */
            mode: "live" | "off" | "record" | "recorded" | "simulated";
            name: string;
            open_until: string | null;
            policies: string[];
            price_minor: number;
            purpose: string;
            saved_minor: number;
            /** @description RFC 3339, UTC */
            since: string;
            spent_minor: number;
            unsure_minor: number;
            url: string;
            valid_for_s: number;
        };
        /**
         * ConnectorTry
         * @description The request that would be sent, with what is personal masked. Nothing was sent.
         *
         *         Attributes:
         *             body: None where nothing would be sent, because the event lacks what stands in ``missing``.
         *             headers: without their values where these are secret.
         */
        ConnectorTry: {
            body: Record<string, never> | null;
            headers: {
                [key: string]: string;
            };
            missing: string[];
            url: string;
        };
        /**
         * ConnectorTryRequest
         * @description An event, as it would be sent to decide on.
         */
        ConnectorTryRequest: {
            event: Record<string, never>;
        };
        /**
         * CounterfactualDocument
         * @description Other facts, and what the same policy and release decide on them: decided, not estimated.
         */
        CounterfactualDocument: {
            /** @description relative changes together, and a quarter for every further fact */
            cost: number;
            en: string;
            limit_minor: number | null;
            /** @description every model that reads what moves is proved to move one way with it */
            monotone: boolean;
            moves: components["schemas"]["MovedFact"][];
            /** @enum {unknown} */
            outcome: "approve" | "decline" | "review";
            reasons: string[];
            /** @description to bring about, as the statements say; null: they do not */
            takes_days: number | null;
            zh: string;
        };
        /**
         * CounterfactualPage
         * @description What a search found, smallest first; an empty ``found`` says that nothing was.
         *
         *         ``complete`` is false where the search ended at its limit of ``tried`` decisions. ``erased``: the facts are gone with
         *         their person.
         */
        CounterfactualPage: {
            /** @description earlier decisions whose values bound the search; 0: too few to say */
            book: number;
            complete: boolean;
            decision_id: string;
            en: string;
            erased: boolean;
            found: components["schemas"]["CounterfactualDocument"][];
            held: components["schemas"]["HeldField"][];
            moved: string[];
            /** @enum {unknown} */
            outcome: "approve" | "decline" | "review";
            reach: number;
            tried: number;
            zh: string;
        };
        /**
         * Cutoffs
         * @description Cut-offs of a score, from nobody approved to everybody.
         *
         *         Attributes:
         *             score: the model. scored: decisions that have one.
         *             best: place in ``points`` of the highest known profit; None without a price.
         *             auc: of the score over known outcomes; None where there is but one kind.
         */
        Cutoffs: {
            auc: number | null;
            best: number | null;
            points: components["schemas"]["CutPoint"][];
            score: string;
            scored: number;
        };
        /**
         * CutPoint
         * @description Approving whoever scores below ``cut``.
         *
         *         Attributes:
         *             approved: share of the scored decisions.
         *             bad_rate: known ones among the approved; bad_bounds, profit_bounds over all approved.
         */
        CutPoint: {
            approved: components["schemas"]["EffectRate"];
            bad_bounds: components["schemas"]["Bounds"];
            bad_rate: components["schemas"]["EffectRate"];
            cut: number;
            profit_bounds: components["schemas"]["Bounds"] | null;
        };
        /**
         * DatasetPage
         * @description Training sets, the newest first.
         */
        DatasetPage: {
            items: components["schemas"]["DatasetShown"][];
        };
        /**
         * DatasetShown
         * @description One set.
         *
         *         Attributes:
         *             names: that point to it. of: type of the events that were decided. label: its definition's name.
         *             simulated: whether outcomes come from a simulation.
         *             rows, bad: labelled rows, and those of them that went badly; declined: rows beside, whose outcome nobody will know.
         *             young: too young to be counted, or an early sign only. excluded: never labelled, by reason.
         *             seq, at: as of which place of the journal, and when. since, until: of the decided events; null: no bound.
         *             target, positive, time: the columns that whoever trains needs, and the bad value.
         *             inputs: columns that a model may read. forbid: those that it may not.
         */
        DatasetShown: {
            /** @description RFC 3339, UTC */
            at: string;
            bad: number;
            /** @description RFC 3339, UTC */
            built_at: string;
            declined: number;
            digest: string;
            excluded: {
                [key: string]: number;
            };
            forbid: string[];
            inputs: string[];
            label: string;
            names: string[];
            of: string;
            positive: string;
            rows: number;
            seq: number;
            simulated: boolean;
            since: string | null;
            target: string;
            time: string;
            unknown: number;
            until: string | null;
            young: number;
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
         *
         *         With ``form=short`` they stand in ``rows``, with the words of their reasons in ``reasons``, else in ``decisions``. A page
         *         may be shorter than asked for where it would be longer than a megabyte.
         */
        DecisionPage: {
            decisions: components["schemas"]["DecisionRecord"][];
            /** @default null */
            next_before: number | null;
            reasons: components["schemas"]["Reason"][];
            rows: components["schemas"]["DecisionRow"][];
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
         * DecisionRow
         * @description A decision in the short form that tables show.
         *
         *         Attributes:
         *             reasons: codes; their words stand once on the page.
         *             score: probability of the adverse outcome, by the model that said it first.
         *             missing: facts that the policy asked for and did not find.
         *             entities: by field, as pseudonyms.
         */
        DecisionRow: {
            decision_id: string;
            entities: {
                [key: string]: string;
            };
            event_id: string;
            event_type: string;
            missing: number;
            /** @enum {unknown} */
            outcome: "approve" | "decline" | "review";
            policy: string;
            reasons: string[];
            /** @description RFC 3339, UTC */
            recorded_at: string;
            /** @description SHA-256 of the content */
            release: string;
            score: number | null;
            seq: number;
            took_us: number;
        };
        /**
         * DecisionTrail
         * @description What is kept beside an answer; nothing personal in it. Times in microseconds, entities by pseudonym.
         */
        DecisionTrail: {
            /** @default [] */
            arms: components["schemas"]["Assigned"][];
            /** @default [] */
            asked: components["schemas"]["Asked"][];
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
         * DeclineNote
         * @description Somebody sent a version back.
         */
        DeclineNote: {
            /** @description RFC 3339, UTC */
            at: string;
            by: string;
            reason: string;
        };
        /**
         * DeclineRequest
         * @description Versions sent back to their authors.
         */
        DeclineRequest: {
            /** @default null */
            by: string | null;
            digests: string[];
            reason: string;
        };
        /**
         * DeliveryDetail
         * @description A message with its body as it is sent.
         */
        DeliveryDetail: {
            attempted_at: string | null;
            attempts: number;
            body: Record<string, never>;
            /** @description RFC 3339, UTC */
            created_at: string;
            error: string | null;
            id: string;
            kind: string;
            number: number;
            seq: number | null;
            /** @enum {unknown} */
            state: "dead" | "delivered" | "failed" | "waiting";
            status: number | null;
            took_ms: number | null;
        };
        /**
         * DeliveryPage
         * @description Messages, newest first; ``next_before`` continues, null at the end.
         */
        DeliveryPage: {
            deliveries: components["schemas"]["DeliverySummary"][];
            next_before: number | null;
        };
        /**
         * DeliverySummary
         * @description A message to a receiver.
         *
         *         Attributes:
         *             id: the header ``webhook-id``; the same over retries and restarts.
         *             seq: the record of the journal it speaks of; null for a test.
         *             state: ``failed`` is a test that was not taken; what else is not taken waits, or is ``dead`` after a day.
         *             error: what went wrong last: ``status``, ``redirect``, ``timeout``, ``connection``, ``tls``, ``name``, ``answer`` or
         *                 ``address_not_allowed``.
         */
        DeliverySummary: {
            attempted_at: string | null;
            attempts: number;
            /** @description RFC 3339, UTC */
            created_at: string;
            error: string | null;
            id: string;
            kind: string;
            number: number;
            seq: number | null;
            /** @enum {unknown} */
            state: "dead" | "delivered" | "failed" | "waiting";
            status: number | null;
            took_ms: number | null;
        };
        /**
         * DialLimits
         * @description How far a dial may be turned.
         */
        DialLimits: {
            least: number;
            most: number;
        };
        /**
         * DifferenceReading
         * @description A challenger less the champion, within an interval that may be looked at at any time.
         *
         *         Attributes:
         *             evidence: how many times better the data fit some difference than none; ``needed`` is enough.
         *             better: whether the difference is in the direction that was said to be better.
         */
        DifferenceReading: {
            arm: string;
            better: boolean | null;
            evidence: number;
            high: number | null;
            low: number | null;
            needed: number;
            value: number | null;
        };
        /**
         * Draft
         * @description A definition that stands in no release: it takes the place of the one of its kind and name.
         */
        Draft: {
            body: Record<string, never>;
            kind: string;
            name: string;
        };
        /**
         * DraftCheck
         * @description Everything that can be said of a draft. What needs a policy without errors is empty while there are some.
         *
         *         ``json`` is the document number for number, to be sent on as it is: a browser's numbers do not tell 1.0 from 1.
         *         ``parts`` says the first 200 rows of a table.
         */
        DraftCheck: {
            coverage: components["schemas"]["DraftCoverage"] | null;
            document: unknown;
            edges: components["schemas"]["FlowEdgeShape"][];
            examples: components["schemas"]["DraftExample"][];
            findings: components["schemas"]["DraftFinding"][];
            json: string;
            names: components["schemas"]["DraftName"][];
            nodes: components["schemas"]["FlowNodeShape"][];
            parts: components["schemas"]["DraftPart"][];
            publishable: boolean;
            readable: boolean;
            tables: components["schemas"]["DraftTable"][];
            text: string;
            words: components["schemas"]["WordLines"];
        };
        /**
         * DraftCheckRequest
         * @description A draft, as ``document`` or as the YAML ``text`` of one. Any JSON value may be a draft.
         *
         *         ``before``: the text that ``document`` was made from; it is written anew over it.
         */
        DraftCheckRequest: {
            /** @default null */
            before: string | null;
            /** @default null */
            document: unknown;
            /** @default null */
            text: string | null;
        };
        /**
         * DraftCoverage
         * @description Rules, rows, cases and arms (``stage.rule``, ``stage:case``) that the examples reach, and those that none does.
         */
        DraftCoverage: {
            reached: string[];
            share: number;
            unreached: string[];
        };
        /**
         * DraftExample
         * @description How an example of the policy came out.
         */
        DraftExample: {
            because: string;
            differences: components["schemas"]["DraftExampleDifference"][];
            example: string;
            fired: string[];
            outcome: string | null;
            passed: boolean;
            path: string[];
            reasons: string[];
        };
        /**
         * DraftExampleDifference
         * @description One thing an example expected otherwise.
         */
        DraftExampleDifference: {
            expected: string;
            field: string;
            got: string;
        };
        /**
         * DraftFinding
         * @description One thing that is wrong (``error``) or looks wrong.
         *
         *         ``where`` is a path in the document; ``line`` and ``column`` are within the expression there, or within the text where
         *         that is no YAML. ``near``: names that were probably meant.
         */
        DraftFinding: {
            code: string;
            /** @default null */
            column: number | null;
            /** @default null */
            example: Record<string, never> | null;
            /** @default null */
            hint: components["schemas"]["Words"] | null;
            /** @default null */
            line: number | null;
            message: components["schemas"]["Words"];
            /** @default [] */
            near: string[];
            /** @enum {unknown} */
            severity: "error" | "warning";
            where: string;
        };
        /**
         * DraftGap
         * @description Values that no row covers, in words and as an example.
         */
        DraftGap: {
            example: Record<string, never>;
            words: string;
        };
        /**
         * DraftName
         * @description A fact the policy reads, or a variable it sets.
         */
        DraftName: {
            name: string;
            nullable: boolean;
            /** @enum {unknown} */
            source: "fact" | "variable";
            type: string;
        };
        /**
         * DraftOverlap
         * @description Two rows that match the same place; rows count from 0.
         */
        DraftOverlap: {
            example: Record<string, never>;
            first: number;
            second: number;
            words: string;
        };
        /**
         * DraftPart
         * @description A rule, row, case, check or bin in words; ``where`` is its path.
         */
        DraftPart: {
            name: string;
            stage: string;
            where: string;
            words: components["schemas"]["Words"];
        };
        /**
         * DraftTable
         * @description A decision table, analysed; ``complete`` is false where it is too entangled for silence to prove anything.
         */
        DraftTable: {
            complete: boolean;
            gaps: components["schemas"]["DraftGap"][];
            has_default: boolean;
            /** @enum {unknown} */
            hit: "collect" | "first" | "priority" | "unique";
            missing_gaps: components["schemas"]["DraftGap"][];
            overlaps: components["schemas"]["DraftOverlap"][];
            stage: string;
            types: string[];
            unreachable: components["schemas"]["DraftUnreachableRow"][];
            where: string;
        };
        /**
         * DraftUnreachableRow
         * @description A row that can never be taken; rows count from 0.
         */
        DraftUnreachableRow: {
            example: Record<string, never>;
            row: number;
            words: string;
        };
        /**
         * Effect
         * @description What a draft would have done.
         *
         *         Attributes:
         *             decisions: looked at; ``redecided`` of them could be taken again under both policies.
         *             changed: with another outcome; ``terms_changed``: the same outcome on other terms (limit, price).
         *             matrix: from each outcome to each, where there are any.
         *             stopped: approved before and not after; ``let_through``: the other way round.
         *             currency: of every amount; empty where none is defined.
         *             by_row: decided one by one, because they have no set-based form.
         *             erased: decisions left out because their person was erased.
         */
        Effect: {
            after: components["schemas"]["EffectStanding"];
            before: components["schemas"]["EffectStanding"];
            by_row: number;
            changed: number;
            currency: string;
            decisions: number;
            /** @default 0 */
            erased: number;
            event_type: string;
            examples: components["schemas"]["EffectExample"][];
            let_through: components["schemas"]["EffectMoved"];
            matrix: components["schemas"]["EffectCell"][];
            notes: components["schemas"]["EffectNote"][];
            outcomes: components["schemas"]["EffectOutcomes"];
            policy: string;
            redecided: number;
            segments: components["schemas"]["EffectSegment"][];
            since: string | null;
            stopped: components["schemas"]["EffectMoved"];
            terms_changed: number;
            took_ms: {
                [key: string]: number;
            };
            until: string | null;
        };
        /**
         * EffectCancelled
         * @description Whether there was a question to end.
         */
        EffectCancelled: {
            cancelled: boolean;
        };
        /**
         * EffectCell
         * @description Decisions that go from one outcome to another; ``unknown`` are those of which nobody knows how they turned out.
         */
        EffectCell: {
            after: string;
            amount_minor: number | null;
            bad: number;
            before: string;
            count: number;
            good: number;
            unknown: number;
        };
        /**
         * EffectExample
         * @description One decision that changes; ``side`` is ``stopped``, ``let_through`` or ``other``.
         */
        EffectExample: {
            after: string;
            amount_minor: number | null;
            bad: boolean | null;
            before: string;
            decision_id: string;
            event_id: string;
            limit_after_minor: number | null;
            limit_before_minor: number | null;
            occurred_at: string;
            reasons_after: string[];
            reasons_before: string[];
            side: string;
        };
        /**
         * EffectGroup
         * @description One group of a segment, with what changes in it.
         */
        EffectGroup: {
            approved_after: number;
            approved_before: number;
            bad_stopped: number;
            changed: number;
            decisions: number;
            good_hurt: number;
            label: components["schemas"]["EffectLabel"];
        };
        /**
         * EffectLabel
         * @description What a group has in common.
         *
         *         Attributes:
         *             kind: ``value`` (one value), ``range`` (``low`` up to but without ``high``), ``rest`` or ``missing``.
         */
        EffectLabel: {
            /** @default null */
            high: number | null;
            kind: string;
            /** @default null */
            low: number | null;
            /** @default null */
            value: string | boolean | null;
        };
        /**
         * EffectMoved
         * @description Decisions that move to one side.
         *
         *         Attributes:
         *             count: all of them; ``bad`` and ``good`` turned out so, of ``unknown`` nobody knows.
         *             bad_rate: of those whose outcome is known.
         *             amount_minor, bad_amount_minor, good_amount_minor: what was at stake; null where no amount is defined.
         */
        EffectMoved: {
            amount_minor: number | null;
            bad: number;
            bad_amount_minor: number | null;
            bad_rate: components["schemas"]["EffectRate"];
            count: number;
            good: number;
            good_amount_minor: number | null;
            unknown: number;
        };
        /**
         * EffectNote
         * @description Something to know before believing the numbers; ``code`` has its words in the console and in the handbook.
         */
        EffectNote: {
            code: string;
            /** @default 0 */
            count: number;
            /** @default [] */
            names: string[];
            /** @default  */
            text: string;
        };
        /**
         * EffectOutcomes
         * @description What is known of how decisions turned out.
         *
         *         Attributes:
         *             defined: whether the workspace says which event tells.
         *             event, field: which one it is.
         *             known: decisions with an outcome, of ``decisions``.
         *             known_approved, approved: the same of those that were approved; only these can have turned out at all.
         *             simulated: the outcomes are made up.
         */
        EffectOutcomes: {
            approved: number;
            decisions: number;
            defined: boolean;
            event: string | null;
            field: string | null;
            known: number;
            known_approved: number;
            simulated: boolean;
        };
        /**
         * EffectProgress
         * @description What a session's question is waiting for: ``idle``, ``reading``, ``scoring`` or ``deciding``.
         */
        EffectProgress: {
            doing: string;
            /** @default 0 */
            done: number;
            /** @default 0 */
            total: number;
        };
        /**
         * EffectRate
         * @description ``part`` of ``whole`` as a share, with its 95 % Wilson interval; null where there is nothing to divide by.
         *
         *         Wilson, E. B. (1927). Probable inference, the law of succession, and statistical inference. JASA 22, 209-212.
         */
        EffectRate: {
            high: number | null;
            low: number | null;
            part: number;
            share: number | null;
            whole: number;
        };
        /**
         * EffectReportDocument
         * @description Every metric before and after, what was compared with what, and how fast changes went live.
         */
        EffectReportDocument: {
            /** @description RFC 3339, UTC */
            as_of: string;
            compared: components["schemas"]["ReportWords"];
            launches_now: components["schemas"]["ReportLaunches"] | null;
            launches_then: components["schemas"]["ReportLaunches"] | null;
            metrics: components["schemas"]["ReportMetric"][];
            now: components["schemas"]["ReportSide"];
            then: components["schemas"]["ReportSide"];
        };
        /**
         * EffectRequest
         * @description What would this draft have done?
         *
         *         Attributes:
         *             policy: the draft, as a document.
         *             session: a newer question of one session ends the older one.
         *             last: decisions to look at, the newest; all that are kept by default.
         *             models: versions that the draft uses instead of the live ones, by name.
         *             score: make up for scores that were never needed, however many; without it only when there are few.
         */
        EffectRequest: {
            /** @default null */
            last: number | null;
            /** @default {} */
            models: {
                [key: string]: string;
            };
            policy: Record<string, never>;
            /** @default false */
            score: boolean;
            /**
             * @description whose question it is
             * @default only
             */
            session: string;
        };
        /**
         * EffectSegment
         * @description A field whose groups the change treats differently; ``spread`` is Cramer's V, 0 to 1.
         */
        EffectSegment: {
            field: string;
            groups: components["schemas"]["EffectGroup"][];
            spread: number;
        };
        /**
         * EffectStanding
         * @description How a policy stands on these decisions.
         *
         *         Attributes:
         *             approved: of all of them.
         *             bad: of those it approves and whose outcome is known.
         *             reviewed, declined: counts.
         *             amount_minor: asked for by those it approves; null where no amount is defined.
         *             limit_minor: limits it gives, added up; null where it gives none.
         */
        EffectStanding: {
            amount_minor: number | null;
            approved: components["schemas"]["EffectRate"];
            bad: components["schemas"]["EffectRate"];
            declined: number;
            limit_minor: number | null;
            reviewed: number;
        };
        /**
         * EntityFeatures
         * @description What is known of one entity at a moment, by feature; null where nothing is known.
         *
         *         ``replayed``: folded from its own events, as of ``at``, with what was known up to place ``known_to`` of the journal;
         *         else read from the online state.
         */
        EntityFeatures: {
            /** @description RFC 3339, UTC */
            at: string;
            /** @default null */
            events: number | null;
            features: Record<string, never>;
            kind: string;
            /** @default null */
            known_to: number | null;
            release: string;
            /** @default false */
            replayed: boolean;
        };
        /**
         * EntityKindPage
         * @description Every kind of entity that events of the live release name.
         */
        EntityKindPage: {
            kinds: components["schemas"]["EntityKindSummary"][];
        };
        /**
         * EntityKindSummary
         * @description A kind of entity, and the event types that name one.
         */
        EntityKindSummary: {
            event_types: string[];
            kind: string;
        };
        /**
         * EntityName
         * @description An entity of an event.
         */
        EntityName: {
            field: string;
            kind: string;
            /** @description pseudonym */
            member: string;
        };
        /**
         * EntityPortrait
         * @description Everything known of one entity, as of place ``known_to`` of the journal.
         *
         *         ``facts_withheld``: personal fields that whoever asks may not read. ``outcomes`` and ``risk`` are of the newest two
         *         hundred events.
         */
        EntityPortrait: {
            /** @description RFC 3339, UTC */
            as_of: string;
            erased: boolean;
            event_types: {
                [key: string]: number;
            };
            events: number;
            facts: components["schemas"]["PortraitFact"][];
            facts_withheld: number;
            feature_words: {
                [key: string]: components["schemas"]["FeatureWords"];
            };
            first_at: string | null;
            kind: string;
            known_to: number;
            last_at: string | null;
            links: components["schemas"]["PortraitLink"][];
            links_left_out: number;
            lists: components["schemas"]["PortraitList"][];
            /** @description pseudonym */
            member: string;
            outcomes: {
                [key: string]: number;
            };
            personal: boolean;
            /** @description SHA-256 of the content */
            release: string;
            risk: components["schemas"]["RiskPoint"][];
        };
        /**
         * EntityTimeline
         * @description A page of a timeline, what happened last first; ``next_before`` continues, null at the end.
         */
        EntityTimeline: {
            events: number;
            items: components["schemas"]["TimelineItem"][];
            kind: string;
            /** @description pseudonym */
            member: string;
            next_before: string | null;
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
         * EventFieldDerivation
         * @description How a field is made when an event is read: by a function, of other fields, and what the function was told.
         */
        EventFieldDerivation: {
            function: string;
            of: string[];
            parameters: {
                [key: string]: number | string;
            };
        };
        /**
         * EventFieldDetail
         * @description One field as it is declared; ``policies`` and ``features`` read it; one that is ``derived`` is not sent.
         */
        EventFieldDetail: {
            changeable: ("down" | "either" | "never" | "up") | null;
            /** @enum {unknown} */
            data_class: "C1" | "C2" | "C3";
            derived: components["schemas"]["EventFieldDerivation"] | null;
            description: string;
            entity: string | null;
            features: string[];
            maximum: number | null;
            minimum: number | null;
            name: string;
            owner: string;
            policies: string[];
            purpose: string;
            required: boolean;
            scale: number;
            source: string;
            type: string;
            values: string[] | null;
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
         * EventTypeDetail
         * @description A version in full.
         *
         *         Attributes:
         *             body: the definition as it is written, to go on from.
         *             example: a document that it takes, made up.
         *             history: every version, newest first.
         */
        EventTypeDetail: {
            author: string;
            body: Record<string, never>;
            description: string;
            /** @description SHA-256 of the content */
            digest: string;
            entities: string[];
            example: Record<string, never>;
            features: number;
            field_details: components["schemas"]["EventFieldDetail"][];
            fields: number;
            history: components["schemas"]["EventTypeVersion"][];
            last_at: string | null;
            name: string;
            personal_fields: number;
            policies: string[];
            /** @description RFC 3339, UTC */
            pushed_at: string;
            recorded: number | null;
            /** @enum {unknown} */
            state: "declined" | "draft" | "live" | "retired" | "reviewed";
            subject: string | null;
            versions: number;
            waiting: string | null;
        };
        /**
         * EventTypePage
         * @description Every event type, by name.
         */
        EventTypePage: {
            event_types: components["schemas"]["EventTypeSummary"][];
        };
        /**
         * EventTypeSummary
         * @description The live version of an event type, or the newest where none is live.
         *
         *         Attributes:
         *             subject: the field of the person or enterprise under whose key personal values are sealed.
         *             fields, personal_fields: how many it has. entities: the kinds that its fields identify.
         *             policies: those that decide on it; without one its events are recorded and learned from.
         *             features: how many read it.
         *             waiting: the newest version, where that is another one and may still go live.
         *             recorded: events in the lake, corrections included. last_at: when the latest of them happened. Both null where
         *                 there is no lake.
         */
        EventTypeSummary: {
            author: string;
            description: string;
            /** @description SHA-256 of the content */
            digest: string;
            entities: string[];
            features: number;
            fields: number;
            last_at: string | null;
            name: string;
            personal_fields: number;
            policies: string[];
            /** @description RFC 3339, UTC */
            pushed_at: string;
            recorded: number | null;
            /** @enum {unknown} */
            state: "declined" | "draft" | "live" | "retired" | "reviewed";
            subject: string | null;
            versions: number;
            waiting: string | null;
        };
        /**
         * EventTypeVersion
         * @description One version, and who put their name to it.
         */
        EventTypeVersion: {
            approvers: string[];
            author: string;
            /** @description SHA-256 of the content */
            digest: string;
            note: string;
            /** @description RFC 3339, UTC */
            pushed_at: string;
            /** @enum {unknown} */
            state: "declined" | "draft" | "live" | "retired" | "reviewed";
        };
        /**
         * ExperimentBalance
         * @description Units by arm against what was to be expected; ``broken``: chance does not explain it.
         */
        ExperimentBalance: {
            broken: boolean;
            counts: number[];
            evidence: number;
            expected: number[];
        };
        /**
         * ExperimentDetail
         * @description One experiment.
         *
         *         Attributes:
         *             digest: of the version that is told of: the live one, else the one that was live last, else the newest draft.
         *             definition: its body.
         *             plan: how many decisions it needs, from what it says.
         *             reading: null before it was live.
         *             draft: a newer version, if one waits.
         */
        ExperimentDetail: {
            author: string;
            definition: Record<string, never>;
            /** @description SHA-256 of the content */
            digest: string;
            draft: components["schemas"]["ExperimentDraft"] | null;
            name: string;
            plan: components["schemas"]["ExperimentPlan"];
            reading: components["schemas"]["ExperimentReading"] | null;
            /** @enum {unknown} */
            state: "draft" | "ended" | "retired" | "running" | "stopped";
        };
        /**
         * ExperimentDraft
         * @description A newer version that decides nothing yet; ``state``: draft, reviewed or declined.
         */
        ExperimentDraft: {
            author: string;
            /** @description SHA-256 of the content */
            digest: string;
            note: string;
            /** @description RFC 3339, UTC */
            pushed_at: string;
            state: string;
        };
        /**
         * ExperimentNote
         * @description Something to know before believing the numbers.
         */
        ExperimentNote: {
            code: string;
            /** @default 0 */
            count: number;
            en: string;
            zh: string;
        };
        /**
         * ExperimentPage
         * @description Every experiment: those that run first, then by name.
         */
        ExperimentPage: {
            experiments: components["schemas"]["ExperimentSummary"][];
        };
        /**
         * ExperimentPlan
         * @description What was promised.
         *
         *         Attributes:
         *             minimum: decisions of the smallest challenger that are needed at a fixed horizon.
         *             minimum_all: of all arms together.
         *             sequential: of the smallest challenger, where one looks as often as one likes.
         *
         *         All are 0 where an arm has no share: nothing is compared then, and only guards look.
         */
        ExperimentPlan: {
            minimum: number;
            minimum_all: number;
            sequential: number;
        };
        /**
         * ExperimentPlanned
         * @description How many decisions an experiment would need.
         */
        ExperimentPlanned: {
            plan: components["schemas"]["ExperimentPlan"];
        };
        /**
         * ExperimentPlanRequest
         * @description What would this experiment need?
         */
        ExperimentPlanRequest: {
            definition: Record<string, never>;
        };
        /**
         * ExperimentPoint
         * @description The difference of the first challenger over all decisions up to a moment, with what is known of them now.
         */
        ExperimentPoint: {
            decisions: number;
            high: number | null;
            low: number | null;
            until: string;
            value: number | null;
        };
        /**
         * ExperimentPromotion
         * @description Drafts that put it there and end the experiment: to be reviewed by somebody else and released together.
         */
        ExperimentPromotion: {
            artefacts: {
                [key: string]: string;
            };
            four_eyes: boolean;
        };
        /**
         * ExperimentPromotionRequest
         * @description Which challenger takes the champion's place; the first by default.
         */
        ExperimentPromotionRequest: {
            /** @default null */
            arm: string | null;
            /** @default null */
            by: string | null;
            /** @default  */
            note: string;
        };
        /**
         * ExperimentReading
         * @description An experiment as it stands.
         *
         *         Attributes:
         *             digest: of the version that is read.
         *             measured: kind of the metric: ``share``, ``money`` or ``number``.
         *             seconds_left: until the horizon; None where it does not run.
         *             labelled: decisions whose outcome is trusted, of ``awaited``; None where the metric waits for none.
         *             exposed_minor: approved by challengers so far; ``exposure_minor`` the most that may be.
         *             merges: clusters that turned out to be one after they were assigned apart.
         */
        ExperimentReading: {
            alpha: number;
            arms: components["schemas"]["ArmReading"][];
            awaited: number | null;
            balance: components["schemas"]["ExperimentBalance"] | null;
            better: string;
            currency: string;
            description: string;
            detect: number;
            differences: components["schemas"]["DifferenceReading"][];
            digest: string;
            ended_by: string | null;
            ended_reason: string | null;
            ends_at: string | null;
            exposed_minor: number | null;
            exposure_minor: number | null;
            guards: components["schemas"]["GuardReading"][];
            labelled: number | null;
            measure: string;
            measured: string;
            merges: number;
            mode: string;
            money: components["schemas"]["MoneyReading"] | null;
            name: string;
            notes: components["schemas"]["ExperimentNote"][];
            on: string;
            plan: components["schemas"]["ExperimentPlan"];
            points: components["schemas"]["ExperimentPoint"][];
            policy: string;
            power: number;
            read_to: number;
            segments: components["schemas"]["SegmentReading"][];
            shadow: components["schemas"]["ShadowReading"] | null;
            started_at: string | null;
            /** @enum {unknown} */
            state: "draft" | "ended" | "retired" | "running" | "stopped";
            unit: string;
            verdict: components["schemas"]["ExperimentVerdict"];
        };
        /**
         * ExperimentStop
         * @description Everybody gets the champion from the next decision on. For good: another run is another version.
         */
        ExperimentStop: {
            /** @default null */
            by: string | null;
            reason: string;
        };
        /**
         * ExperimentStopped
         * @description It is over.
         */
        ExperimentStopped: {
            by: string;
            name: string;
            reason: string;
        };
        /**
         * ExperimentSummary
         * @description One experiment in a list.
         *
         *         Attributes:
         *             state: ``retired``: it stood in an earlier release and stands in none now.
         *             challengers: arm to its share in percent.
         *             decisions: read so far; null before it was live.
         *             value, low, high: difference of the first challenger, within an interval that may be looked at at any time.
         */
        ExperimentSummary: {
            better: string;
            challengers: {
                [key: string]: number;
            };
            currency: string;
            decisions: number | null;
            description: string;
            ends_at: string | null;
            guard_broken: string | null;
            high: number | null;
            low: number | null;
            measure: string;
            measured: string;
            mode: string;
            name: string;
            on: string;
            started_at: string | null;
            /** @enum {unknown} */
            state: "draft" | "ended" | "retired" | "running" | "stopped";
            value: number | null;
            verdict: components["schemas"]["ExperimentVerdict"] | null;
        };
        /**
         * ExperimentVerdict
         * @description What follows, with the reason in words.
         */
        ExperimentVerdict: {
            en: string;
            /** @enum {unknown} */
            word: "continue" | "no_difference" | "promote" | "stop";
            zh: string;
        };
        /**
         * Explanation
         * @description Everything there is to say about one decision.
         *
         *         ``trace`` is computed anew by the interpreter from the recorded inputs; ``told`` is what the person is told, the
         *         principal reasons in order; ``agrees`` says whether it comes to the
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
            /** @default null */
            told: components["schemas"]["Told"] | null;
            /** @default {} */
            trace: Record<string, never>;
            trail: components["schemas"]["DecisionTrail"];
        };
        /**
         * ExpressionCheck
         * @description What an expression is and does.
         *
         *         ``null_share``: of the samples whose facts were recorded, the share without an answer; ``true_share``: of a condition,
         *         the share for which it holds. ``hidden``: values are not shown, for want of the permission read_personal.
         */
        ExpressionCheck: {
            columns: string[];
            findings: components["schemas"]["DraftFinding"][];
            hidden: boolean;
            null_share: number | null;
            nullable: boolean | null;
            sampled: number;
            samples: components["schemas"]["ExpressionSample"][];
            true_share: number | null;
            type: string | null;
            valid: boolean;
            words: components["schemas"]["Words"] | null;
        };
        /**
         * ExpressionCheckRequest
         * @description An expression on events of a type.
         *
         *         ``policy``: the draft it stands in; its variables may be used, and have the values the draft gives them.
         */
        ExpressionCheckRequest: {
            event_type: string;
            /** @default null */
            policy: unknown;
            /** @default 20 */
            samples: number;
            text: string;
        };
        /**
         * ExpressionSample
         * @description The expression's value for one recorded decision, with the facts it read; instants and dates as text.
         */
        ExpressionSample: {
            decision_id: string;
            facts: Record<string, never>;
            /** @description RFC 3339, UTC */
            occurred_at: string;
            outcome: string;
            recorded: boolean;
            value: unknown;
        };
        /**
         * FairGroup
         * @description A group of a recorded field.
         *
         *         Attributes:
         *             ratio_before, ratio_after: its approval rate over that of the group approved most often (the adverse impact ratio;
         *                 below 0.8 the four-fifths rule of 29 CFR 1607.4 D asks for a reason).
         */
        FairGroup: {
            approved_after: components["schemas"]["EffectRate"];
            approved_before: components["schemas"]["EffectRate"];
            bad_rate_after: components["schemas"]["EffectRate"];
            decisions: number;
            label: string | null;
            ratio_after: number | null;
            ratio_before: number | null;
        };
        /**
         * Fairness
         * @description Approval by one field. Groups of fewer than 30 decisions are not the yardstick of the others.
         */
        Fairness: {
            field: string;
            groups: components["schemas"]["FairGroup"][];
        };
        /**
         * Fault
         * @description One fault of what was read whole.
         *
         *         Attributes:
         *             at: where, such as the definition of a release, or a line.
         *             detail_zh, hint_zh: the same in Chinese, where there are words.
         */
        Fault: {
            /** @default null */
            at: string | null;
            code: string;
            detail: string;
            /** @default null */
            detail_zh: string | null;
            /** @default null */
            field: string | null;
            /** @default null */
            hint: string | null;
            /** @default null */
            hint_zh: string | null;
            /** @default null */
            value: string | null;
        };
        /**
         * FeatureBand
         * @description Values from ``low`` to below ``high`` (equal ends: that value alone), or of one ``text``.
         */
        FeatureBand: {
            count: number;
            high: number | null;
            low: number | null;
            text: string | null;
        };
        /**
         * FeatureCostDetail
         * @description What it costs, by the plan.
         *
         *         Attributes:
         *             work: how reading grows with the events in the window.
         *             keeps: rows one by one, tiles of totals, or one total.
         *             kept_for_seconds: how long rows are kept, in seconds.
         *             bytes_per_event: of one kept event in the state, shared by ``shared_by`` features.
         *             cells: aggregates that it is made of.
         */
        FeatureCostDetail: {
            bytes_per_event: number;
            cells: number;
            /** @enum {unknown} */
            keeps: "rows" | "tiles" | "total";
            kept_for_seconds: number;
            shared_by: number;
            /** @enum {unknown} */
            work: "constant" | "linear" | "logarithmic";
        };
        /**
         * FeatureDetail
         * @description A feature in full.
         *
         *         Attributes:
         *             definition: the aggregates that it is made of, shorthand expanded; durations in microseconds.
         *             factor: what a ratio is multiplied by.
         *             reason: what a customer is told where it speaks against them; empty where the author gave nothing.
         *             reads: event types and fields.
         *             set_digest: the live version of the set; ``owner``: who pushed that; ``defined_at``: when the first version with
         *                 this feature was pushed.
         *             known: decisions that had a value; ``since``: the oldest decision of the figures.
         *             before, after: values in the older and the newer half; ``critical``: what PSI stays below 99 times in 100 by
         *                 chance alone with so many.
         */
        FeatureDetail: {
            after: number | null;
            aggregate: string;
            bands: components["schemas"]["FeatureBand"][];
            before: number | null;
            cost: components["schemas"]["FeatureCostDetail"];
            coverage: number | null;
            critical: number | null;
            /** @description RFC 3339, UTC */
            defined_at: string;
            definition: Record<string, never>[];
            drifted: boolean | null;
            entity: string[];
            events: string[];
            factor: number;
            known: number | null;
            maximum: number | null;
            mean: number | null;
            median: number | null;
            minimum: number | null;
            models: string[];
            name: string;
            owner: string;
            policies: string[];
            psi: number | null;
            reads: components["schemas"]["FeatureReads"][];
            reason: components["schemas"]["TwoTongues"];
            recorded: number | null;
            set: string;
            /** @description SHA-256 of the content */
            set_digest: string;
            since: string | null;
            type: string;
            views: string[];
            weights: components["schemas"]["FeatureWeight"][];
            window: string;
            words: components["schemas"]["TwoTongues"];
        };
        /**
         * FeaturePage
         * @description Features by name; ``total`` live ones before any were left out.
         *
         *         Attributes:
         *             looked_at: newest decisions that figures are of; ``erased`` of them can no longer be read.
         *             library: how many features the library has ready, whatever the workspace. These three are null where figures
         *                 were left out.
         */
        FeaturePage: {
            erased: number | null;
            features: components["schemas"]["FeatureSummary"][];
            library: number | null;
            looked_at: number | null;
            total: number;
        };
        /**
         * FeatureReads
         * @description The fields of one event type that a feature reads: what names the key, the value, what its filter asks.
         */
        FeatureReads: {
            event_type: string;
            fields: string[];
        };
        /**
         * FeatureSummary
         * @description One feature of the live release.
         *
         *         Attributes:
         *             set: the feature set that declares it.
         *             type: of its values, as in expressions.
         *             window: its longest, as written; ``lifetime`` for all history.
         *             policies, models, views: those of the live release that read it; a policy also reads what its models take.
         *             recorded: of the newest decisions, those that looked at it; null, as all that follows, where figures were left
         *                 out. ``coverage``: share of them with a value, null where none looked.
         *             psi: between the newer and the older half of them; null where a half has fewer than a hundred values.
         *             drifted: whether that is above 0.10 and more than chance explains with so many values.
         */
        FeatureSummary: {
            aggregate: string;
            coverage: number | null;
            drifted: boolean | null;
            entity: string[];
            events: string[];
            models: string[];
            name: string;
            policies: string[];
            psi: number | null;
            recorded: number | null;
            set: string;
            type: string;
            views: string[];
            window: string;
            words: components["schemas"]["TwoTongues"];
        };
        /**
         * FeatureWeight
         * @description Mean absolute contribution in log-odds over ``explained`` recorded decisions; ``place`` 1 moved the score most.
         */
        FeatureWeight: {
            explained: number;
            model: string;
            place: number;
            share: number;
            weight: number;
        };
        /**
         * FeatureWords
         * @description What a feature means, in one sentence.
         */
        FeatureWords: {
            en: string;
            zh: string;
        };
        /**
         * Figure
         * @description One figure.
         *
         *         Attributes:
         *             name: ``coverage``, ``psi``, ``missing.<input>``, ``csi.<input>``, ``bad_rate``, ``bad_rate_estimated``, ``calibration_ratio``, ``ece``, ``auc``,
         *                 ``ks``, ``auc_estimated``, ``auc_estimate_error``, ``latency_ms_p95``.
         *             n: rows behind it.
         *             value, low, high: with its 95 % interval, where there is one.
         *             limit: what it is held against; None for a figure that is only told.
         *             beyond: past its limit.
         */
        Figure: {
            /** @default false */
            beyond: boolean;
            /** @default null */
            high: number | null;
            /** @default null */
            limit: number | null;
            /** @default null */
            low: number | null;
            n: number;
            name: string;
            value: number;
        };
        /**
         * Finding
         * @description One observation, with the figure behind it.
         *
         *         Attributes:
         *             code: stable, lower_snake.
         *             severity: how much it matters.
         *             column: the column concerned, if one is.
         *             en, zh: what was found and what to do.
         *             value: the figure.
         *             limit: what the figure was held against.
         *             tells: the other column that this one gives away, where it is about two.
         */
        Finding: {
            code: string;
            /** @default null */
            column: string | null;
            en: string;
            /** @default null */
            limit: number | null;
            severity: components["schemas"]["Severity"];
            /** @default null */
            tells: string | null;
            /** @default null */
            value: number | null;
            zh: string;
        };
        /**
         * FlowEdgeShape
         * @description What leads from one node to another.
         */
        FlowEdgeShape: {
            condition: string | null;
            /** @enum {unknown} */
            kind: "arm" | "case" | "decides" | "next" | "stop";
            label: string;
            share: number | null;
            source: string;
            target: string;
        };
        /**
         * FlowNodeShape
         * @description A stage (``id`` is its path), the start, or an outcome.
         */
        FlowNodeShape: {
            depth: number;
            errors: number;
            id: string;
            kind: string;
            name: string;
            note: string;
            outputs: string[];
            parts: number;
            uses: string | null;
            warnings: number;
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
            state: "declined" | "draft" | "live" | "retired" | "reviewed";
        };
        /**
         * GraphAround
         * @description What surrounds a place.
         *
         *         Attributes:
         *             as_of: the newest event of the graph; links that were dead by then are not there.
         *             start: what was asked about, by pseudonym.
         *             nodes: the nearest first, where the walk began in front; none where nothing is known of it.
         *             left_out: further nodes that were met and did not fit in.
         */
        GraphAround: {
            /** @description RFC 3339, UTC */
            as_of: string;
            graph: string;
            left_out: number;
            links: components["schemas"]["GraphLink"][];
            nodes: components["schemas"]["GraphNode"][];
            start: components["schemas"]["GraphPlace"];
        };
        /**
         * GraphDecision
         * @description The newest decision about a member. ``probability``: the highest that any model gave; null where none scored it.
         */
        GraphDecision: {
            /** @description RFC 3339, UTC */
            at: string;
            decision_id: string;
            event_id: string;
            model: string | null;
            /** @enum {unknown} */
            outcome: "approve" | "decline" | "review";
            policy: string;
            probability: number | null;
        };
        /**
         * GraphIdentifier
         * @description A kind of identifier that links members.
         *
         *         Attributes:
         *             life_s: seconds after its last use for which a link counts.
         *             joins: whether it makes neighbours; what does not is counted only.
         *             hub: members from which on an identifier is a crowd's and joins nobody.
         */
        GraphIdentifier: {
            hub: number;
            joins: boolean;
            kind: string;
            life_s: number;
        };
        /**
         * GraphLink
         * @description A member used an identifier, at last at ``last_at``.
         */
        GraphLink: {
            /** @description pseudonym */
            identifier: string;
            kind: string;
            /** @description RFC 3339, UTC */
            last_at: string;
            /** @description pseudonym */
            member: string;
        };
        /**
         * GraphNode
         * @description A place in a graph.
         *
         *         Attributes:
         *             member: whether it is one; else it is an identifier.
         *             step: links from where the walk began, or place on the path.
         *             degree: its living links, shown or not; of a crowd's identifier as many as are counted.
         *             since: when a member came; last_at: its last use.
         *             bad_since: since when a member is known to be bad; null where it is not.
         *             crowd: so many share it that it joins nobody; joins: whether its kind makes neighbours at all.
         *             lists: it is on now. decision: null for identifiers, and for who was never decided on.
         */
        GraphNode: {
            bad_since: string | null;
            crowd: boolean;
            decision: components["schemas"]["GraphDecision"] | null;
            degree: number;
            joins: boolean;
            /** @description pseudonym */
            key: string;
            kind: string;
            last_at: string | null;
            lists: components["schemas"]["GraphNodeList"][];
            member: boolean;
            since: string | null;
            step: number;
        };
        /**
         * GraphNodeList
         * @description A list somebody is on: ``kind`` is block, watch or allow.
         */
        GraphNodeList: {
            kind: string;
            name: string;
        };
        /**
         * GraphPage
         * @description Graphs, by name.
         */
        GraphPage: {
            graphs: components["schemas"]["GraphSummary"][];
        };
        /**
         * GraphPath
         * @description The shortest way between two places, over nothing that joins nobody.
         *
         *         Attributes:
         *             nodes: from the one to the other; none where there is no way.
         *             met: nodes that were looked at; gave_up: there may be a longer way.
         */
        GraphPath: {
            /** @description RFC 3339, UTC */
            as_of: string;
            gave_up: boolean;
            goal: components["schemas"]["GraphPlace"];
            graph: string;
            links: components["schemas"]["GraphLink"][];
            met: number;
            nodes: components["schemas"]["GraphNode"][];
            start: components["schemas"]["GraphPlace"];
        };
        /**
         * GraphPlace
         * @description A member or an identifier: its kind of entity, and its pseudonym.
         */
        GraphPlace: {
            /** @description pseudonym */
            key: string;
            kind: string;
        };
        /**
         * GraphSummary
         * @description A graph of the live release.
         *
         *         Attributes:
         *             member_kind: the kind of entity that is joined; events: the types of event that link.
         *             marks: types of event that say who is bad.
         *             members: how many it remembers now; newest_at: of its events; null before the first.
         */
        GraphSummary: {
            description: components["schemas"]["GraphWords"];
            events: string[];
            identifiers: components["schemas"]["GraphIdentifier"][];
            marks: string[];
            member_kind: string;
            members: number;
            name: string;
            newest_at: string | null;
        };
        /**
         * GraphWords
         * @description A text in both languages.
         */
        GraphWords: {
            en: string;
            zh: string;
        };
        /**
         * Group
         * @description Some decisions and what became of them.
         *
         *         Attributes:
         *             bad_rate: bad among known; bad_bounds: bad among all, whatever the unknown ones were.
         *             amount_minor: at stake; bad_amount_minor, good_amount_minor: of the known ones. None: no amount is defined.
         *             loss, margin, profit: by the stated price, over the known ones; profit_bounds: over all. None without a price.
         */
        Group: {
            /** @default null */
            amount_minor: number | null;
            bad: number;
            /** @default null */
            bad_amount_minor: number | null;
            bad_bounds: components["schemas"]["Bounds"];
            bad_rate: components["schemas"]["EffectRate"];
            count: number;
            good: number;
            /** @default null */
            good_amount_minor: number | null;
            /** @default null */
            loss: components["schemas"]["MoneySum"] | null;
            /** @default null */
            margin: components["schemas"]["MoneySum"] | null;
            /** @default null */
            profit: components["schemas"]["MoneySum"] | null;
            /** @default null */
            profit_bounds: components["schemas"]["Bounds"] | null;
            unknown: number;
        };
        /**
         * GroupFigures
         * @description One group of decisions.
         *
         *         Attributes:
         *             by, value: such as ``month`` and ``2026-11``; ``all`` and empty for everything after the reference.
         *             rows: decisions in it; ``outcomes``, of which have a mature label.
         *             reference: the group is older than what the rest is compared with.
         */
        GroupFigures: {
            by: string;
            figures: components["schemas"]["Figure"][];
            outcomes: number;
            reference: boolean;
            rows: number;
            value: string;
        };
        /**
         * GuardReading
         * @description A safety limit and how the worst challenger stands against it.
         *
         *         Attributes:
         *             state: ``waiting`` (too few decisions), ``kept``, ``doubtful`` (over, and chance explains it) or ``broken``.
         *             evidence: of ``needed``; None for hard limits.
         */
        GuardReading: {
            action: string;
            against: string;
            arm: string | null;
            breached: string;
            decisions: number;
            evidence: number | null;
            guard: string;
            hard: boolean;
            limit: number;
            measure: string;
            minimum: number;
            needed: number | null;
            /** @enum {unknown} */
            state: "broken" | "doubtful" | "kept" | "waiting";
            value: number | null;
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
         * HeldField
         * @description A field that the policy looks at and that was held still, and why.
         */
        HeldField: {
            /** @enum {unknown} */
            because: "counted_by_feature" | "derived" | "identifier" | "never" | "not_a_number" | "not_given" | "protected" | "takes_too_long";
            field: string;
        };
        /**
         * Honesty
         * @description How much of the answer is known.
         *
         *         Attributes:
         *             decisions: in the stretch; compared: that both sides could take.
         *             known: compared with a known outcome; unknown: by reason: ``declined_then`` (not approved then, so never seen),
         *                 ``immature`` (its window has not passed), ``not_told`` (approved, and nobody said yet).
         *             known_approved_then, approved_then: maturity of what was approved.
         *             newest_known_at: the newest decision whose outcome is known.
         *             simulated: the outcomes are made up.
         *             defined: whether anybody said how decisions turn out.
         */
        Honesty: {
            approved_then: number;
            compared: number;
            decisions: number;
            defined: boolean;
            /** @default null */
            inferred_by: string | null;
            known: number;
            known_approved_then: number;
            newest_known_at: string | null;
            /** @default false */
            simulated: boolean;
            unknowable: components["schemas"]["UnknowableDecisions"][];
            unknown: {
                [key: string]: number;
            };
        };
        /**
         * InventoryItem
         * @description One live model or policy.
         *
         *         Attributes:
         *             owner: who pushed the live version; ``approver`` who reviewed it last, empty where nobody did.
         *             tier: what its parameters say; empty where nobody said.
         *             decides: the event type of a policy; the target of a model.
         *             versions: that were ever pushed.
         *             overdue: the next review should have been.
         *             alerts: of a model, those of the last daily look; null before the first.
         *             looked_at: when that was.
         */
        InventoryItem: {
            /** @default null */
            alerts: number | null;
            approver: string;
            decides: string;
            /** @description SHA-256 of the content */
            digest: string;
            /** @enum {unknown} */
            kind: "model" | "policy";
            /** @description RFC 3339, UTC */
            live_since: string;
            /** @default null */
            looked_at: string | null;
            name: string;
            /** @description RFC 3339, UTC */
            next_review: string;
            overdue: boolean;
            owner: string;
            purpose: string;
            tier: string;
            versions: number;
        };
        /**
         * InventoryPage
         * @description Models first.
         */
        InventoryPage: {
            items: components["schemas"]["InventoryItem"][];
        };
        /**
         * IterationPage
         * @description Every plan.
         */
        IterationPage: {
            iterations: components["schemas"]["IterationShown"][];
        };
        /**
         * IterationShown
         * @description A plan, as far as it is live, and its newest day; ``runs`` of it are kept.
         */
        IterationShown: {
            /** @default  */
            cron: string;
            /** @default  */
            event: string;
            live: boolean;
            /** @default  */
            model: string;
            name: string;
            /** @default null */
            newest: components["schemas"]["RunShown"] | null;
            /** @default  */
            owner: string;
            /** @default  */
            policy: string;
            runs: number;
            /** @default  */
            time_zone: string;
        };
        /**
         * KeptSet
         * @description A training set of the workspace, by its digest.
         */
        KeptSet: {
            digest: string;
            /** @enum {unknown} */
            type: "dataset";
        };
        /**
         * KeyMade
         * @description The key itself, told this once, as ``secret``.
         */
        KeyMade: {
            key: components["schemas"]["KeySummary"];
            secret: string;
        };
        /**
         * KeyPage
         * @description Every key there ever was, newest first.
         */
        KeyPage: {
            keys: components["schemas"]["KeySummary"][];
        };
        /**
         * KeyRequest
         * @description A new key. ``expires_after`` such as 90d; two years at most.
         */
        KeyRequest: {
            /** @default 365d */
            expires_after: string;
            name: string;
            scopes: ("approve" | "decide" | "draft" | "edit_lists" | "manage" | "read" | "read_personal" | "release" | "work_cases")[];
        };
        /**
         * KeySummary
         * @description A key, by its first characters.
         */
        KeySummary: {
            /** @description RFC 3339, UTC */
            expires_at: string;
            last_used_at: string | null;
            /** @description RFC 3339, UTC */
            made_at: string;
            made_by: string;
            name: string;
            revoked_at: string | null;
            scopes: ("approve" | "decide" | "draft" | "edit_lists" | "manage" | "read" | "read_personal" | "release" | "work_cases")[];
            shown: string;
            /** @enum {unknown} */
            state: "active" | "expired" | "revoked";
        };
        /**
         * LabelDetail
         * @description A label and what is known of it, as far as somebody has looked; ``state`` as of a model that is monitored.
         */
        LabelDetail: {
            error: components["schemas"]["RunError"] | null;
            label: components["schemas"]["LabelShown"];
            report: components["schemas"]["LabelReport"] | null;
            /** @enum {unknown} */
            state: "failed" | "looking" | "ready" | "waiting";
            taken_at: string | null;
        };
        /**
         * LabelMonth
         * @description Decisions of one month by the state of their label; ``bad`` of those that are mature.
         */
        LabelMonth: {
            /** @default 0 */
            bad: number;
            /** @default 0 */
            declined: number;
            /** @default 0 */
            excluded: number;
            /** @default 0 */
            immature: number;
            /** @default 0 */
            mature: number;
            month: string;
            /** @default 0 */
            provisional: number;
            /** @default 0 */
            unknown: number;
        };
        /**
         * LabelPage
         * @description By name.
         */
        LabelPage: {
            labels: components["schemas"]["LabelShown"][];
        };
        /**
         * LabelReport
         * @description What is known of a label as of ``seq`` and ``at``: decisions by month and state, and how late the bads come.
         */
        LabelReport: {
            arrival: components["schemas"]["ArrivalCurve"];
            at: number;
            months: components["schemas"]["LabelMonth"][];
            seq: number;
            simulated: boolean;
            /** @enum {unknown} */
            type: "label";
        };
        /**
         * LabelShown
         * @description A label of the live release.
         *
         *         Attributes:
         *             decided: type of the events it is about; ``event`` of those that tell.
         *             bad: what is bad of what is told.
         *             window: what happens later does not count; empty: any time.
         *             matures: from when on it is trusted; empty: once told.
         *             good_when_silent: an approved one of which nothing is told by then is good.
         *             exclusions: why a decision is never labelled.
         *             simulated: outcomes are.
         */
        LabelShown: {
            bad: string;
            decided: string;
            /** @description SHA-256 of the content */
            digest: string;
            event: string;
            exclusions: string[];
            good_when_silent: boolean;
            matures: string;
            name: string;
            simulated: boolean;
            window: string;
        };
        /**
         * LetterBlock
         * @description A piece of a letter: ``sender`` and ``note`` are small print around it; ``items`` belong to a list.
         */
        LetterBlock: {
            /** @default [] */
            items: string[];
            /** @enum {unknown} */
            kind: "heading" | "list" | "note" | "paragraph" | "sender" | "title";
            /** @default  */
            text: string;
        };
        /**
         * LinkAnswer
         * @description What a link is for, and whose it is; the first admin chooses a name.
         */
        LinkAnswer: {
            display_name: string;
            name: string;
            /** @enum {unknown} */
            purpose: "first_admin" | "invitation" | "reset";
            workspace: string;
        };
        /**
         * LinkMade
         * @description A one-time link, told this once. ``path`` comes after the server's address.
         */
        LinkMade: {
            path: string;
            person: components["schemas"]["PersonSummary"];
        };
        /**
         * LinkRequest
         * @description The token of a one-time link.
         */
        LinkRequest: {
            /** @description never told again, never logged */
            token: string;
        };
        /**
         * ListBulk
         * @description What the rows are, what they would do, whom they would meet, and what was done.
         */
        ListBulk: {
            accepted: number;
            /** @enum {unknown} */
            action: "add" | "remove";
            changed: components["schemas"]["ListChanged"] | null;
            name: string;
            preview: components["schemas"]["ListPreview"] | null;
            rejected: components["schemas"]["ListRejectedRow"][];
            repeated: number;
            rows: number;
        };
        /**
         * ListBulkRequest
         * @description Many rows pasted as text; only looked at unless ``apply``.
         *
         *         Attributes:
         *             text: one identifier per line, or a table whose first line names its columns.
         *             reason, source, expires_at, expires_after: for rows that lack them.
         *             change_id: the idempotency key; needed to apply.
         *             skip_rejected: apply what can be taken; otherwise one bad row keeps all of them out.
         */
        ListBulkRequest: {
            /**
             * @default add
             * @enum {unknown}
             */
            action: "add" | "remove";
            /** @default false */
            apply: boolean;
            /** @default null */
            by: string | null;
            /** @default null */
            change_id: string | null;
            /** @default null */
            expires_after: string | null;
            /** @default null */
            expires_at: string | null;
            /**
             * @description decisions looked through, newest first
             * @default 20000
             */
            look_back: number;
            /** @default null */
            reason: string | null;
            /** @default false */
            skip_rejected: boolean;
            /** @default null */
            source: string | null;
            text: string;
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
            /** @default null */
            by: string | null;
            /** @description your id; the idempotency key */
            change_id: string;
            /** @default [] */
            remove: components["schemas"]["ListMember"][];
        };
        /**
         * ListChangePage
         * @description Changes, newest first; ``next_before`` continues, null at the end.
         */
        ListChangePage: {
            changes: components["schemas"]["ListChangeSummary"][];
            next_before: number | null;
        };
        /**
         * ListChangeSummary
         * @description One change of a list, in numbers.
         */
        ListChangeSummary: {
            add: number;
            /** @description RFC 3339, UTC */
            at: string;
            by: string;
            change_id: string;
            name: string;
            reason: string | null;
            remove: number;
            seq: number;
        };
        /**
         * ListEntryChange
         * @description One thing that happened to a member of a list.
         */
        ListEntryChange: {
            /** @description RFC 3339, UTC */
            at: string;
            by: string;
            change_id: string;
            expires_at: string | null;
            reason: string | null;
            seq: number;
            source: string | null;
            /** @enum {unknown} */
            what: "added" | "removed" | "renewed";
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
         * @description Entries in the order asked for; ``total`` of all pages; ``next_after`` continues, null at the end.
         */
        ListEntryPage: {
            entries: components["schemas"]["ListEntrySummary"][];
            next_after: number | null;
            total: number;
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
         * ListHit
         * @description One decision about a member.
         */
        ListHit: {
            /** @description RFC 3339, UTC */
            decided_at: string;
            decision_id: string;
            event_id: string;
            member: string;
            /** @enum {unknown} */
            outcome: "approve" | "decline" | "review";
            policy: string;
            seq: number;
        };
        /**
         * ListHits
         * @description Whom a change would have met among the newest decisions.
         *
         *         Attributes:
         *             looked_at: decisions looked through; ``since`` when the oldest of them was taken.
         *             decisions: those about one of the members; ``members`` how many of them were met.
         *             outcomes, policies: of those decisions, counted by what they were then.
         *             most: members met most often. examples: the newest such decisions.
         */
        ListHits: {
            decisions: number;
            examples: components["schemas"]["ListHit"][];
            looked_at: number;
            members: number;
            most: components["schemas"]["ListMemberHits"][];
            outcomes: {
                [key: string]: number;
            };
            policies: {
                [key: string]: number;
            };
            since: string | null;
        };
        /**
         * ListLookup
         * @description The question whether somebody is on a list, by the real identifier or the pseudonym.
         */
        ListLookup: {
            identifier: string;
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
         * ListMemberDetail
         * @description One member: its entry, null where it is not on the list, and everything that happened to it.
         */
        ListMemberDetail: {
            entry: components["schemas"]["ListEntrySummary"] | null;
            history: components["schemas"]["ListEntryChange"][];
            member: string;
            name: string;
        };
        /**
         * ListMemberHits
         * @description How often one member was met.
         */
        ListMemberHits: {
            decisions: number;
            /** @description RFC 3339, UTC */
            last_at: string;
            member: string;
            outcomes: {
                [key: string]: number;
            };
        };
        /**
         * ListPage
         * @description All lists of the live release.
         */
        ListPage: {
            lists: components["schemas"]["ListSummary"][];
        };
        /**
         * ListPreview
         * @description What a change would do, and whom it would meet; nothing is changed.
         */
        ListPreview: {
            absent: number;
            added: number;
            hits: components["schemas"]["ListHits"];
            name: string;
            removed: number;
            renewed: number;
        };
        /**
         * ListPreviewRequest
         * @description A change that is not made.
         */
        ListPreviewRequest: {
            /** @default [] */
            add: components["schemas"]["ListEntryDocument"][];
            /**
             * @description decisions looked through, newest first
             * @default 20000
             */
            look_back: number;
            /** @default [] */
            remove: components["schemas"]["ListMember"][];
        };
        /**
         * ListRejectedRow
         * @description A row that cannot be taken, by the number of its line; never the identifier itself.
         */
        ListRejectedRow: {
            field: string;
            hint: string | null;
            line: number;
            message: string;
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
         * LiveComparison
         * @description A live model on the test rows.
         *
         *         Attributes:
         *             figures: of the live model; None where it cannot score these rows.
         *             difference, low, high: AUC of the champion minus its own, with a paired 95 % interval.
         *             learned_from: whether it was trained on this very table, so that it may know the test rows.
         *             missing: inputs that the table has not.
         *             why: what else stood in the way.
         */
        LiveComparison: {
            /** @default null */
            difference: number | null;
            digest: string;
            /** @default null */
            figures: Record<string, never> | null;
            /** @default null */
            high: number | null;
            /** @default false */
            learned_from: boolean;
            /** @default null */
            low: number | null;
            /** @default [] */
            missing: string[];
            name: string;
            /** @default  */
            why: string;
        };
        /**
         * LookAsked
         * @description What was said of the columns so far; nothing need be. ``forbid`` None: what is sensitive by name.
         */
        LookAsked: {
            /** @default null */
            forbid: string[] | null;
            /** @default [] */
            id: string[];
            /** @default null */
            positive: string | null;
            /** @default null */
            target: string | null;
            /** @default 0.2 */
            test_share: number;
            /** @default null */
            time: string | null;
        };
        /**
         * LookFault
         * @description Why training would refuse what was said so far.
         */
        LookFault: {
            code: string;
            detail: string;
            field: string;
            hint: string;
            value: string;
        };
        /**
         * LookRequest
         * @description Look at a table with what was said of it so far; ``forbid`` null: what is sensitive by name.
         */
        LookRequest: {
            /** @default null */
            forbid: string[] | null;
            /** @default [] */
            id: string[];
            /** @default null */
            positive: string | null;
            source: components["schemas"]["UploadedFile"] | components["schemas"]["KeptSet"];
            /** @default null */
            target: string | null;
            /** @default 0.2 */
            test_share: number;
            /** @default null */
            time: string | null;
        };
        /**
         * LookShown
         * @description A look, and once it is done what was seen.
         */
        LookShown: {
            asked: components["schemas"]["LookAsked"];
            called: string;
            error: components["schemas"]["RunError"] | null;
            look_id: string;
            seen: components["schemas"]["TableLook"] | null;
            /** @enum {unknown} */
            state: "cancelled" | "done" | "failed" | "running";
        };
        /**
         * MetricDefinition
         * @description What a metric means: in words, in SQL, who answers for it, and which version of it this is.
         */
        MetricDefinition: {
            /** @enum {unknown} */
            better: "" | "down" | "up";
            description: {
                [key: string]: string;
            };
            /** @description SHA-256 of the content */
            digest: string;
            dimensions: string[];
            name: string;
            owner: string;
            /** @enum {unknown} */
            side: "" | "business" | "risk";
            simulated: boolean;
            sql: string;
            target: components["schemas"]["MetricTarget"] | null;
            /** @description the column that stretches of time go by */
            time: string;
            title: {
                [key: string]: string;
            };
            unit: string;
        };
        /**
         * MetricGroup
         * @description One line of a chart: a value of the dimension, or the whole.
         */
        MetricGroup: {
            points: components["schemas"]["MetricValue"][];
            previous: number | null;
            total: number | null;
            value: string | null;
        };
        /**
         * MetricMove
         * @description How a tile moved. ``neither``: of this kind of metric no parts add up.
         */
        MetricMove: {
            /** @enum {unknown} */
            better: "" | "down" | "up";
            change: number | null;
            dimensions: components["schemas"]["MoveDimension"][];
            /** @description RFC 3339, UTC */
            from: string;
            /** @enum {unknown} */
            grain: "day" | "hour" | "minute" | "month" | "quarter" | "week" | "year";
            name: string;
            previous: number | null;
            previous_from: string | null;
            previous_to: string | null;
            /** @enum {unknown} */
            shape: "additive" | "neither" | "ratio";
            simulated: boolean;
            title: {
                [key: string]: string;
            };
            /** @description RFC 3339, UTC */
            to: string;
            unit: string;
            value: number | null;
        };
        /**
         * MetricPage
         * @description All metrics.
         */
        MetricPage: {
            metrics: components["schemas"]["MetricSummary"][];
        };
        /**
         * MetricSeries
         * @description A metric over time. ``anchored``: the stretch up to now holds nothing, so the last one that does is shown.
         */
        MetricSeries: {
            anchored: boolean;
            /** @description RFC 3339, UTC */
            as_of: string;
            by: string | null;
            /** @default null */
            from: string | null;
            /** @default null */
            grain: ("day" | "hour" | "minute" | "month" | "quarter" | "week" | "year") | null;
            groups: components["schemas"]["MetricGroup"][];
            groups_left_out: number;
            metric: components["schemas"]["MetricDefinition"];
            /** @description why there is no number: no such table in the lake yet, not all of its columns, no rows */
            missing: ("no_column" | "no_rows" | "no_table") | null;
            previous: number | null;
            /** @default null */
            previous_from: string | null;
            /** @default null */
            previous_to: string | null;
            /** @default null */
            to: string | null;
            value: number | null;
        };
        /**
         * MetricSummary
         * @description A metric of the metric centre with its present value; null where there is no data.
         */
        MetricSummary: {
            as_of: string | null;
            /** @enum {unknown} */
            better: "" | "down" | "up";
            description: {
                [key: string]: string;
            };
            /** @description SHA-256 of the content */
            digest: string;
            dimensions: string[];
            name: string;
            owner: string;
            /** @enum {unknown} */
            side: "" | "business" | "risk";
            simulated: boolean;
            sql: string;
            target: components["schemas"]["MetricTarget"] | null;
            /** @description the column that stretches of time go by */
            time: string;
            title: {
                [key: string]: string;
            };
            unit: string;
            value: number | null;
        };
        /**
         * MetricTarget
         * @description The band a metric should stay in; an open end is null.
         */
        MetricTarget: {
            high: number | null;
            low: number | null;
        };
        /**
         * MetricValue
         * @description A number of one bucket; ``at`` is the bucket's beginning.
         */
        MetricValue: {
            /** @description RFC 3339, UTC */
            at: string;
            value: number | null;
        };
        /**
         * ModelBin
         * @description One row of a table: of values, of a missing value, or of texts no other row holds.
         *
         *         ``points`` are null where the model has no scale of points. Of numbers ``low`` and ``high`` are the ends of the range, the first in
         *         it and the last not, null where it is open; equal where it is one value.
         */
        ModelBin: {
            adverse: number;
            count: number;
            high: number | null;
            label: string;
            low: number | null;
            /** @enum {unknown} */
            of: "missing" | "other" | "values";
            points: number | null;
            rate: number | null;
            woe: number;
        };
        /**
         * ModelCardInput
         * @description One input of a scorecard or an additive model; of the latter ``coefficient`` is 1 and ``woe`` is in log-odds.
         */
        ModelCardInput: {
            coefficient: number;
            information_value: number;
            name: string;
            reason: string | null;
            rows: components["schemas"]["ModelBin"][];
        };
        /**
         * ModelComparison
         * @description Two versions side by side, and what differs in words; ``second`` is the newer one by the order asked.
         */
        ModelComparison: {
            first: components["schemas"]["ModelDetail"];
            second: components["schemas"]["ModelDetail"];
            /** @description from first to second */
            words: components["schemas"]["TwoTongues"][];
        };
        /**
         * ModelDetail
         * @description A version in full.
         *
         *         Attributes:
         *             called: the name the training gave it. adverse: the value of the target that counts as adverse.
         *             data_digest: of the training table. features_digest: of the features it was trained on; null for raw fields.
         *             features_known: whether the live release computes exactly these; null where there is nothing to compare.
         *             calibration: kind and parameters. scaling: how log-odds become points. expected_margin: of its training rows.
         */
        ModelDetail: {
            adverse: string;
            adverse_rows: number;
            author: string;
            calibration: Record<string, never>;
            called: string;
            data_digest: string | null;
            /** @description SHA-256 of the content */
            digest: string;
            environment: {
                [key: string]: string;
            };
            expected_margin: number;
            features_digest: string | null;
            features_known: boolean | null;
            history: components["schemas"]["ModelVersion"][];
            input_details: components["schemas"]["ModelInputDetail"][];
            inputs: number;
            /** @enum {unknown} */
            kind: "additive" | "blend" | "gru" | "linear" | "sage" | "scorecard" | "tabular_network" | "trees";
            metrics: {
                [key: string]: number;
            };
            name: string;
            note: string;
            parameters: {
                [key: string]: string;
            };
            parts: components["schemas"]["ModelPart"][];
            /** @description RFC 3339, UTC */
            pushed_at: string;
            rows: number;
            scaling: Record<string, never> | null;
            seed: number | null;
            /** @enum {unknown} */
            state: "declined" | "draft" | "live" | "retired" | "reviewed";
            target: string;
            used_by: string[];
            versions: number;
        };
        /**
         * ModelInputDetail
         * @description One input.
         *
         *         Attributes:
         *             monotone: -1: the risk must fall as it grows; 1: must rise; 0: free.
         *             proof: whether that is proven over all values.
         *             training_weight: mean absolute contribution over the training rows, in log-odds; null where not known.
         *             reason, words: what an applicant is told when it speaks against them.
         */
        ModelInputDetail: {
            monotone: number;
            name: string;
            /** @enum {unknown} */
            proof: "broken" | "free" | "proven";
            reason: string | null;
            training_weight: number | null;
            /** @enum {unknown} */
            type: "categorical" | "numeric";
            violations: number;
            words: components["schemas"]["TwoTongues"] | null;
        };
        /**
         * ModelMonitoring
         * @description How a model does, as far as somebody has looked.
         *
         *         Attributes:
         *             state: ``ready``; ``looking``: somebody looks, and the report is an older one or null; ``waiting``: for another look
         *                 to be done; ``failed``: see ``error``. Ask again while it is looking or waiting.
         *             taken_at: when the report was.
         */
        ModelMonitoring: {
            error: components["schemas"]["RunError"] | null;
            report: components["schemas"]["ModelReport"] | null;
            /** @enum {unknown} */
            state: "failed" | "looking" | "ready" | "waiting";
            taken_at: string | null;
        };
        /**
         * ModelNeighbours
         * @description The neighbours an event would meet now, strongest first. Moves of neighbours need not add up; the parts of a decision do.
         */
        ModelNeighbours: {
            neighbours: components["schemas"]["NeighbourMove"][];
        };
        /**
         * ModelNeighboursRequest
         * @description An event, as it would be sent to decide on.
         */
        ModelNeighboursRequest: {
            event: Record<string, never>;
        };
        /**
         * ModelPage
         * @description All models, by name.
         */
        ModelPage: {
            models: components["schemas"]["ModelSummary"][];
        };
        /**
         * ModelPairRow
         * @description A pair of an additive model: its cells, and the least and most it adds, in log-odds.
         */
        ModelPairRow: {
            cells: number;
            first: string;
            least: number;
            most: number;
            second: string;
        };
        /**
         * ModelPart
         * @description The model itself, or a member of a blend with its weight.
         *
         *         Attributes:
         *             reads: what a graph or recurrent network (``sage``, ``gru``) reads of an event before it is the sum of its parts.
         *             links: the kinds of entities that make its events neighbours; ``slots`` of them each, ``width`` numbers per state (also
         *                 of a ``tabular_network`` and a ``gru``).
         */
        ModelPart: {
            base_points: number | null;
            card: components["schemas"]["ModelCardInput"][];
            inputs: number;
            /** @enum {unknown} */
            kind: "additive" | "gru" | "linear" | "sage" | "scorecard" | "tabular_network" | "trees";
            leaves: number;
            links: string[];
            pairs: components["schemas"]["ModelPairRow"][];
            reads: string[];
            slots: number;
            trees: number;
            weight: number;
            width: number;
        };
        /**
         * ModelPerformance
         * @description A version over recorded decisions.
         *
         *         Attributes:
         *             looked_at, scored, since, mean, bands: its scores among the newest decisions.
         *             explained, weights: exact contributions over so many of them.
         *             view, figures: how it did on decisions that have turned out, as a training would judge it (AUC with interval, KS,
         *                 calibration by tenths, gains, curve); null where too few outcomes are known.
         */
        ModelPerformance: {
            bands: components["schemas"]["ModelScoreBand"][];
            explained: number;
            figures: Record<string, never> | null;
            looked_at: number;
            mean: number | null;
            scored: number;
            since: string | null;
            view: string | null;
            weights: components["schemas"]["ModelWeight"][];
        };
        /**
         * ModelReport
         * @description What was seen of a model.
         *
         *         Attributes:
         *             event: type of the events it scores; ``label`` the outcome they are held against, empty where none is defined.
         *             simulated: the outcomes are.
         *             seq: place of the journal that was looked at.
         *             groupings: what decisions may be told apart by.
         *             hidden: inputs that are not compared, since they name a person or let somebody in.
         */
        ModelReport: {
            event: string;
            groupings: string[];
            hidden: string[];
            label: string;
            seq: number;
            simulated: boolean;
            /** @enum {unknown} */
            type: "model";
            watch: components["schemas"]["Watch"];
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
         * ModelScoreBand
         * @description Recorded decisions with a probability in a band, by outcome.
         */
        ModelScoreBand: {
            count: number;
            high: number;
            low: number;
            outcomes: {
                [key: string]: number;
            };
        };
        /**
         * ModelSummary
         * @description A model by its live version, or by its newest where none is live; ``used_by`` are policies of the live release.
         */
        ModelSummary: {
            adverse_rows: number;
            author: string;
            /** @description SHA-256 of the content */
            digest: string;
            inputs: number;
            /** @enum {unknown} */
            kind: "additive" | "blend" | "gru" | "linear" | "sage" | "scorecard" | "tabular_network" | "trees";
            metrics: {
                [key: string]: number;
            };
            name: string;
            /** @description RFC 3339, UTC */
            pushed_at: string;
            rows: number;
            /** @enum {unknown} */
            state: "declined" | "draft" | "live" | "retired" | "reviewed";
            target: string;
            used_by: string[];
            versions: number;
        };
        /**
         * ModelVersion
         * @description One version of a model; ``metrics`` as measured in training.
         */
        ModelVersion: {
            approvers: string[];
            author: string;
            /** @description SHA-256 of the content */
            digest: string;
            /** @enum {unknown} */
            kind: "additive" | "blend" | "gru" | "linear" | "sage" | "scorecard" | "tabular_network" | "trees";
            metrics: {
                [key: string]: number;
            };
            /** @description RFC 3339, UTC */
            pushed_at: string;
            rows: number;
            /** @enum {unknown} */
            state: "declined" | "draft" | "live" | "retired" | "reviewed";
        };
        /**
         * ModelWeight
         * @description What an input moves on average: mean absolute exact contribution, in log-odds, and its share of all.
         */
        ModelWeight: {
            input: string;
            share: number;
            weight: number;
        };
        /**
         * MoneyReading
         * @description Losses of approved amounts, challenger less champion, for a thousand applications, in minor units.
         *
         *         The interval is that of one look: nothing is concluded from it.
         */
        MoneyReading: {
            currency: string;
            high: number;
            low: number;
            simulated: boolean;
            value: number;
        };
        /**
         * MoneySum
         * @description A sum in minor units over ``counted`` decisions, with its 95 % interval.
         *
         *         The interval is that of a sum of as many independent decisions (normal): it says what chance does to the mix of
         *         amounts and outcomes, not what a wrong assumption does. None under two decisions.
         */
        MoneySum: {
            amount_minor: number;
            counted: number;
            /** @default null */
            high: number | null;
            /** @default null */
            low: number | null;
        };
        /**
         * MonthHits
         * @description Hits of a rule in one month; precision is bad among known.
         */
        MonthHits: {
            hits: number;
            month: string;
            precision: components["schemas"]["EffectRate"];
        };
        /**
         * MovedFact
         * @description One fact, as it was and as it would have had to be.
         */
        MovedFact: {
            field: string;
            now: number | string | boolean | null;
            then: number | string | boolean | null;
        };
        /**
         * MoveDimension
         * @description A move taken apart: ``parts`` and ``rest_added`` sum to it exactly.
         */
        MoveDimension: {
            dimension: string;
            parts: components["schemas"]["MovePart"][];
            rest_added: number;
            rest_count: number;
        };
        /**
         * MovePart
         * @description What one segment added to a move; of a ratio, by growing or shrinking (``mix``) and by becoming other (``rate``).
         */
        MovePart: {
            added: number;
            /** @default null */
            mix: number | null;
            now: number | null;
            /** @default null */
            rate: number | null;
            then: number | null;
            value: string | null;
            /** @default null */
            weight_now: number | null;
            /** @default null */
            weight_then: number | null;
        };
        /**
         * NeighbourMove
         * @description What the margin would lose without one neighbour, or without all of a link.
         *
         *         Attributes:
         *             member: whose earlier event it is, by pseudonym; null for the link as a whole.
         */
        NeighbourMove: {
            link: string;
            log_odds: number;
            member: string | null;
        };
        /**
         * OpenConnection
         * @description An open stream: the newest change it was sent, and the newest that its page confirmed.
         */
        OpenConnection: {
            confirmed: string | null;
            confirmed_at: string | null;
            connection: string;
            /** @description RFC 3339, UTC */
            opened_at: string;
            sent: string;
            /** @description RFC 3339, UTC */
            sent_at: string;
            who: string;
        };
        /**
         * Outlook
         * @description What there would be to learn from and to judge by.
         *
         *         Attributes:
         *             positive: the bad value of the target, given or told by its name.
         *             labelled, bads, unlabelled: rows looked at.
         *             split: ``out_of_time`` or ``random_hold_out``.
         *             first, boundary, last: of the time column; the test begins at the boundary.
         *             train_rows, test_rows, test_bads: of the split.
         */
        Outlook: {
            bads: number;
            boundary: string | null;
            first: string | null;
            labelled: number;
            last: string | null;
            positive: string;
            split: string;
            test_bads: number;
            test_rows: number;
            train_rows: number;
            unlabelled: number;
        };
        /**
         * OverviewChanges
         * @description What changed in a stretch of time, and why numbers moved.
         */
        OverviewChanges: {
            /** @description RFC 3339, UTC */
            as_of: string;
            /** @description RFC 3339, UTC */
            from: string;
            list_changes: components["schemas"]["OverviewListChange"][];
            moves: components["schemas"]["MetricMove"][];
            releases: components["schemas"]["OverviewRelease"][];
            /** @description RFC 3339, UTC */
            to: string;
        };
        /**
         * OverviewListChange
         * @description What happened to one list: members added and removed, by whom, and when last.
         */
        OverviewListChange: {
            added: number;
            /** @description RFC 3339, UTC */
            at: string;
            by: string[];
            changes: number;
            name: string;
            removed: number;
        };
        /**
         * OverviewPage
         * @description All tiles as of one moment.
         */
        OverviewPage: {
            /** @description RFC 3339, UTC */
            as_of: string;
            range: string;
            tiles: components["schemas"]["OverviewTile"][];
        };
        /**
         * OverviewRelease
         * @description A release that went live, or was rolled back to.
         */
        OverviewRelease: {
            artefacts: components["schemas"]["ReleasedArtefact"][];
            /** @description RFC 3339, UTC */
            at: string;
            by: string;
            change: string;
            note: string;
            /** @description SHA-256 of the content */
            release: string;
            seq: number;
        };
        /**
         * OverviewTile
         * @description A number over a stretch of time, beside the same stretch before. ``anchored`` as in a series.
         */
        OverviewTile: {
            anchored: boolean;
            /** @enum {unknown} */
            better: "" | "down" | "up";
            description: {
                [key: string]: string;
            };
            /** @description SHA-256 of the content */
            digest: string;
            dimensions: string[];
            /** @default null */
            from: string | null;
            /** @default null */
            grain: ("day" | "hour" | "minute" | "month" | "quarter" | "week" | "year") | null;
            /** @description why there is no number: no such table in the lake yet, not all of its columns, no rows */
            missing: ("no_column" | "no_rows" | "no_table") | null;
            name: string;
            owner: string;
            points: components["schemas"]["MetricValue"][];
            previous: number | null;
            /** @default null */
            previous_from: string | null;
            /** @default null */
            previous_to: string | null;
            /** @enum {unknown} */
            side: "" | "business" | "risk";
            simulated: boolean;
            sql: string;
            target: components["schemas"]["MetricTarget"] | null;
            /** @description the column that stretches of time go by */
            time: string;
            title: {
                [key: string]: string;
            };
            /** @default null */
            to: string | null;
            unit: string;
            value: number | null;
        };
        /**
         * PackInEffect
         * @description A legal pack that spoke, by the version in effect on the day of the decision.
         */
        PackInEffect: {
            basis: string[];
            effective: string;
            name: string;
        };
        /**
         * PasswordRequest
         * @description A new password, by who knows the present one.
         */
        PasswordRequest: {
            /** @description never told again, never logged */
            current: string;
            /** @description never told again, never logged */
            new: string;
        };
        /**
         * PersonChange
         * @description What is left out stays.
         */
        PersonChange: {
            disabled?: boolean;
            display_name?: string;
            roles?: ("admin" | "analyst" | "approver" | "strategist" | "viewer")[];
        };
        /**
         * PersonPage
         * @description Everybody, by name.
         */
        PersonPage: {
            people: components["schemas"]["PersonSummary"][];
        };
        /**
         * PersonRequest
         * @description Somebody new.
         */
        PersonRequest: {
            /** @default  */
            display_name: string;
            name: string;
            roles: ("admin" | "analyst" | "approver" | "strategist" | "viewer")[];
        };
        /**
         * PersonSummary
         * @description Somebody who may sign in, or might once. When they did last is told to who manages people.
         */
        PersonSummary: {
            /** @description RFC 3339, UTC */
            added_at: string;
            added_by: string;
            display_name: string;
            last_sign_in_at: string | null;
            name: string;
            roles: ("admin" | "analyst" | "approver" | "strategist" | "viewer")[];
            /** @enum {unknown} */
            state: "active" | "disabled" | "invited";
        };
        /**
         * PolicyDiff
         * @description Every difference that can change a decision, a sentence each; ``same`` where there is none.
         */
        PolicyDiff: {
            lines: components["schemas"]["WordLines"];
            same: boolean;
        };
        /**
         * PolicyDiffRequest
         * @description Two policies to compare; each may be a draft that nobody saved.
         */
        PolicyDiffRequest: {
            new: components["schemas"]["PolicySide"];
            old: components["schemas"]["PolicySide"];
        };
        /**
         * PolicySide
         * @description A policy by the digest of a version, as a text, or as a document.
         */
        PolicySide: {
            /** @default null */
            digest: string | null;
            /** @default null */
            document: unknown;
            /** @default null */
            text: string | null;
        };
        /**
         * PolicyText
         * @description A policy as text and as document; both say the same.
         */
        PolicyText: {
            document: unknown;
            text: string;
        };
        /**
         * PolicyTextRequest
         * @description ``document`` to be written as text, in the clothes of the text ``before`` if given; or ``text`` to be read.
         */
        PolicyTextRequest: {
            /** @default null */
            before: string | null;
            /** @default null */
            document: unknown;
            /** @default null */
            text: string | null;
        };
        /**
         * PortraitFact
         * @description The last value that an event gave, and which event that was.
         */
        PortraitFact: {
            /** @description RFC 3339, UTC */
            at: string;
            /** @enum {unknown} */
            data_class: "C1" | "C2" | "C3";
            description: string;
            event_id: string;
            event_type: string;
            field: string;
            purpose: string;
            seq: number;
            source: string;
            type: string;
            value: boolean | number | string | null;
        };
        /**
         * PortraitLink
         * @description Another entity that stood in the same events.
         */
        PortraitLink: {
            count: number;
            /** @description RFC 3339, UTC */
            first_at: string;
            kind: string;
            /** @description RFC 3339, UTC */
            last_at: string;
            /** @description pseudonym */
            member: string;
            via: string[];
        };
        /**
         * PortraitList
         * @description A list the entity is on, and why.
         */
        PortraitList: {
            /** @description RFC 3339, UTC */
            added_at: string;
            added_by: string;
            expires_at: string | null;
            kind: string;
            name: string;
            reason: string;
            source: string;
        };
        /**
         * Price
         * @description What a decision earns or costs: an assumption of whoever asks, said in the report.
         *
         *         Attributes:
         *             margin: share of the amount that a good one earns, such as 0.06.
         *             lgd: share of the amount that is lost on a bad one, 0 to 1.
         */
        Price: {
            /** @default 1 */
            lgd: number;
            margin: number;
        };
        /**
         * PrincipalReason
         * @description One reason as it is told.
         *
         *         Attributes:
         *             statement: its name, or the reason code that speaks for itself.
         *             words, advice: in both languages.
         *             actionable, discreet: as the statement says.
         *             source: what gave it; for colleagues only.
         *             codes: the reason codes behind it; inputs: what a model read, largest contribution first. For colleagues only.
         *             weight: log-odds, or points lost, of all of them together; None of a rule.
         */
        PrincipalReason: {
            actionable: boolean;
            advice: components["schemas"]["Wording"] | null;
            codes: string[];
            discreet: boolean;
            /** @default [] */
            inputs: string[];
            /** @enum {unknown} */
            source: "graph" | "list" | "missing" | "model" | "rule" | "scorecard";
            statement: string;
            /** @default null */
            weight: number | null;
            words: components["schemas"]["Wording"];
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
         * ProcessReach
         * @description How far a process of this deployment has read the journal, and how far what it writes has got.
         *
         *         ``decisions`` answers every request and is where a change is made; ``lake`` copies the journal beside it: it reads at
         *         once, and its tables follow when there is room for that. Null where a process keeps no tables.
         */
        ProcessReach: {
            as_of: string | null;
            behind: number;
            /** @enum {unknown} */
            process: "decisions" | "lake";
            seq: number;
            tables_as_of: string | null;
            tables_behind: number | null;
            tables_seq: number | null;
        };
        /**
         * Proof
         * @description Decisions taken again one by one by the function that decides live; ``differing`` from the columns.
         */
        Proof: {
            differing: number;
            sample: number;
            seed: number;
        };
        /**
         * Propagation
         * @description The newest changes first, every open connection, every process.
         */
        Propagation: {
            /** @description RFC 3339, UTC */
            at: string;
            changes: components["schemas"]["ChangeProof"][];
            connections: components["schemas"]["OpenConnection"][];
            journal_seq: number;
            processes: components["schemas"]["ProcessReach"][];
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
            /** @default null */
            author: string | null;
            /** @default  */
            note: string;
        };
        /**
         * ReadyFeature
         * @description A feature that a ready set would bring.
         */
        ReadyFeature: {
            name: string;
            type: string;
            words: components["schemas"]["TwoTongues"];
        };
        /**
         * ReadyPage
         * @description What the library has for this workspace's event types.
         *
         *         Attributes:
         *             features: different names among all sets.
         */
        ReadyPage: {
            features: number;
            sets: components["schemas"]["ReadySetDetail"][];
        };
        /**
         * ReadySetDetail
         * @description One set of the library over this workspace's event types.
         *
         *         Attributes:
         *             template: in the library; ``name``: what the draft is called.
         *             body: the definition, to be pushed as ``feature_set``; ``yaml``: the same as a file.
         *             features: what it brings; ``taken``: left out, for the workspace has features of these names.
         *             missing: left out, as written, with what nothing was found for.
         */
        ReadySetDetail: {
            body: Record<string, never>;
            description: components["schemas"]["TwoTongues"];
            entity: string[];
            events: string[];
            features: components["schemas"]["ReadyFeature"][];
            missing: {
                [key: string]: string[];
            };
            name: string;
            taken: string[];
            template: string;
            yaml: string;
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
         * ReasonWords
         * @description Words for one reason code, safe to show a customer.
         */
        ReasonWords: {
            en: string;
            zh: string;
        };
        /**
         * ReleaseChange
         * @description One definition that differs: from ``old`` to ``new``, in words.
         *
         *         Attributes:
         *             state, author, pushed_at, note, approvals, declined: of ``new``; of ``old`` where the definition is taken out.
         */
        ReleaseChange: {
            approvals: components["schemas"]["Approval"][];
            author: string;
            declined: components["schemas"]["DeclineNote"] | null;
            kind: string;
            name: string;
            new: string | null;
            note: string;
            old: string | null;
            /** @description RFC 3339, UTC */
            pushed_at: string;
            /** @enum {unknown} */
            state: "declined" | "draft" | "live" | "retired" | "reviewed";
            /** @enum {unknown} */
            what: "added" | "changed" | "removed";
            words: components["schemas"]["TwoTongues"][];
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
         * ReleasedArtefact
         * @description What a release changed against the one in force before.
         */
        ReleasedArtefact: {
            artefact: string;
            /** @enum {unknown} */
            change: "added" | "changed" | "removed";
        };
        /**
         * ReleaseDetail
         * @description One release: what is in it, what it changed, who approved it, when it was live.
         *
         *         Attributes:
         *             against: the release that ``changes`` are told against: the one that was live before it, or the one asked for.
         *             activations: newest first.
         */
        ReleaseDetail: {
            activations: components["schemas"]["ActivationSummary"][];
            against: string | null;
            /** @description RFC 3339, UTC */
            at: string;
            by: string;
            changes: components["schemas"]["ReleaseChange"][];
            live: boolean;
            note: string;
            parts: components["schemas"]["ReleasePart"][];
            /** @description SHA-256 of the content */
            release: string;
        };
        /**
         * ReleasePage
         * @description Every activation, newest first; roll-backs included. ``back_to``: what a roll-back puts in force unless it names a release.
         */
        ReleasePage: {
            back_to: string | null;
            releases: components["schemas"]["ReleaseSummary"][];
        };
        /**
         * ReleasePart
         * @description One version in a release.
         */
        ReleasePart: {
            approvals: components["schemas"]["Approval"][];
            author: string;
            /** @description SHA-256 of the content */
            digest: string;
            kind: string;
            name: string;
            /** @description RFC 3339, UTC */
            pushed_at: string;
        };
        /**
         * ReleasePreviewed
         * @description What a release would change and whether it could be made.
         *
         *         Attributes:
         *             waiting: versions (``kind/name``) in it that nobody has approved, or that were sent back.
         *             faults: why it does not hold together. warnings: what is odd but not wrong.
         *             ready: whether it could be made now.
         */
        ReleasePreviewed: {
            changes: components["schemas"]["ReleaseChange"][];
            faults: components["schemas"]["Fault"][];
            live: string | null;
            ready: boolean;
            /** @description SHA-256 of the content */
            release: string;
            waiting: string[];
            warnings: string[];
        };
        /**
         * ReleasePreviewRequest
         * @description A release that is not made.
         */
        ReleasePreviewRequest: {
            /** @default [] */
            digests: string[];
            /** @default [] */
            remove: string[];
            /** @default false */
            replace_all: boolean;
        };
        /**
         * ReleaseRequest
         * @description Versions that go live together, on top of what is live unless ``replace_all``.
         */
        ReleaseRequest: {
            /** @default null */
            by: string | null;
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
            rolled_back: boolean;
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
         * ReportLaunches
         * @description How long new versions took from the draft to going live; ``by_one`` were approved by their own author alone.
         */
        ReportLaunches: {
            artefacts: number;
            by_one: number;
            median_s: number | null;
            releases: number;
            rolled_back: number;
            slowest_s: number | null;
        };
        /**
         * ReportMetric
         * @description One metric before and after; ``missing`` says why there is no move.
         */
        ReportMetric: {
            /** @enum {unknown} */
            better: "" | "down" | "up";
            /** @description SHA-256 of the content */
            digest: string;
            missing: ("no_column" | "no_dimension" | "no_rows" | "no_table") | null;
            move: components["schemas"]["ReportMove"] | null;
            name: string;
            owner: string;
            sentence: components["schemas"]["ReportWords"];
            /** @enum {unknown} */
            side: "" | "business" | "risk";
            simulated: boolean;
            title: components["schemas"]["ReportWords"];
            unit: string;
            verdict: ("better" | "moved" | "not_shown" | "too_little" | "worse") | null;
        };
        /**
         * ReportMove
         * @description How a number moved. ``additive`` numbers are per day; ``low`` and ``high`` are the 95 % limits of the difference.
         */
        ReportMove: {
            days_now: number;
            days_then: number;
            difference: number | null;
            high: number | null;
            low: number | null;
            now: number | null;
            rows_now: number | null;
            rows_then: number | null;
            /** @enum {unknown} */
            shape: "additive" | "neither" | "ratio";
            then: number | null;
        };
        /**
         * ReportSide
         * @description What one side of the comparison is taken over.
         */
        ReportSide: {
            from: string | null;
            release: string | null;
            to: string | null;
        };
        /**
         * ReportWords
         * @description A sentence in both languages.
         */
        ReportWords: {
            en: string;
            zh: string;
        };
        /**
         * ReviewQueue
         * @description Newest versions that are not live, each against the version that is.
         *
         *         Attributes:
         *             waiting: nobody has judged them. approved: ready for a release. declined: sent back to their authors.
         */
        ReviewQueue: {
            approved: components["schemas"]["ReleaseChange"][];
            declined: components["schemas"]["ReleaseChange"][];
            waiting: components["schemas"]["ReleaseChange"][];
        };
        /**
         * ReviewRequest
         * @description The approval of versions.
         */
        ReviewRequest: {
            /** @default null */
            approver: string | null;
            digests: string[];
            /** @default  */
            note: string;
        };
        /**
         * RingAction
         * @description Entries that were put on lists at once, and taken off again where ``undone_at``.
         */
        RingAction: {
            action_id: string;
            /** @description RFC 3339, UTC */
            at: string;
            automatic: boolean;
            by: string;
            entries: components["schemas"]["RingEntry"][];
            /** @description RFC 3339, UTC */
            expires_at: string;
            reason: string;
            undone_at: string | null;
            undone_by: string | null;
        };
        /**
         * RingCase
         * @description The case about a ring.
         */
        RingCase: {
            case_id: string;
            ring: components["schemas"]["RingSummary"];
        };
        /**
         * RingCaseRequest
         * @description Open a case about the ring.
         */
        RingCaseRequest: {
            /** @default null */
            by: string | null;
        };
        /**
         * RingCell
         * @description A part of a ring that hangs together more closely.
         */
        RingCell: {
            cell: number;
            known_bad: number;
            size: number;
        };
        /**
         * RingDetail
         * @description A ring with all there is to look at.
         *
         *         Attributes:
         *             members: those who came first in front; identifiers: those that most share.
         *             links: between members and what they share.
         *             nearest: known frauds, those in it first.
         *             caveats: what speaks for another explanation.
         *             proposed: what the automatic rule would block, where it only proposes.
         */
        RingDetail: {
            actions: components["schemas"]["RingAction"][];
            caveats: components["schemas"]["RingWords"][];
            cells: components["schemas"]["RingCell"][];
            identifiers: components["schemas"]["RingIdentifier"][];
            links: components["schemas"]["RingLink"][];
            members: components["schemas"]["RingMember"][];
            nearest: components["schemas"]["RingFraud"][];
            proposed: components["schemas"]["RingEntry"][];
            ring: components["schemas"]["RingSummary"];
            story: components["schemas"]["RingEvent"][];
            timeline: components["schemas"]["RingMoment"][];
        };
        /**
         * RingDismiss
         * @description It is no fraud, and why; it comes back when it grows by a half.
         */
        RingDismiss: {
            /** @default null */
            by: string | null;
            reason: string;
        };
        /**
         * RingEntry
         * @description An entry on a list, made or to be made because of a ring.
         *
         *         Attributes:
         *             kind: of the entity, such as ``person`` or ``device``.
         *             strength: 1 in the ring, halved with each step away from it.
         *             path: from a member of the ring to it; empty where it is of the ring.
         *             already: it stands on that list; it is left as it is.
         *             now: for what was done, whether it still stands there.
         */
        RingEntry: {
            already: boolean;
            entity: string;
            kind: string;
            list_name: string;
            now: ("expired" | "in_force" | "removed" | "replaced") | null;
            path: components["schemas"]["RingStep"][];
            strength: number;
        };
        /**
         * RingEvent
         * @description What became of a ring, as a sentence; ``rings`` are the others that were part of it.
         */
        RingEvent: {
            /** @description RFC 3339, UTC */
            at: string;
            by: string;
            en: string;
            joined: number;
            left: number;
            rings: string[];
            seq: number;
            size: number;
            /** @enum {unknown} */
            what: "born" | "case" | "dismissed" | "ended" | "grown" | "listed" | "merged" | "returned" | "shrunk" | "split" | "undone";
            zh: string;
        };
        /**
         * RingFraud
         * @description A known fraud near the ring, and the way there; without steps it is a member.
         */
        RingFraud: {
            member: string;
            path: components["schemas"]["RingStep"][];
        };
        /**
         * RingIdentifier
         * @description Something that members share.
         *
         *         Attributes:
         *             members: of the ring that use it; users: all who do.
         *             crowd: so many use it that it joins nobody; or its kind joins nobody.
         *             known_bad, known_good: of its users.
         *             on_list: the list it stands on already.
         */
        RingIdentifier: {
            crowd: boolean;
            /** @description RFC 3339, UTC */
            first_at: string;
            identifier: string;
            kind: string;
            known_bad: number;
            known_good: number;
            /** @description RFC 3339, UTC */
            last_at: string;
            members: number;
            on_list: string | null;
            users: number;
        };
        /**
         * RingLink
         * @description A member and an identifier that it used. ``tree``: it is one of those few that hold the ring together.
         */
        RingLink: {
            /** @description RFC 3339, UTC */
            first_at: string;
            identifier: string;
            kind: string;
            /** @description RFC 3339, UTC */
            last_at: string;
            member: string;
            tree: boolean;
        };
        /**
         * RingListed
         * @description What was put on lists; durable, and in force for the next event.
         */
        RingListed: {
            action: components["schemas"]["RingAction"];
            ring: components["schemas"]["RingSummary"];
        };
        /**
         * RingListRequest
         * @description Put on lists what a radius showed; ``seen`` is of that radius, and what it asked is asked again.
         */
        RingListRequest: {
            /** @default null */
            by: string | null;
            /** @default 30 */
            days: number;
            /** @default null */
            expires_after: string | null;
            /** @default true */
            identifiers: boolean;
            /** @default [] */
            leave_out: string[];
            /** @default true */
            members: boolean;
            reason: string;
            /** @description SHA-256 of the content */
            seen: string;
            /** @default 0 */
            steps: number;
        };
        /**
         * RingMember
         * @description Somebody in a ring, by pseudonym.
         *
         *         Attributes:
         *             since: first use of something the ring shares; last_at: the last application.
         *             heat: how much it looks like fraud, 0 to 1; null where no decision scored or judged it.
         *             bad: True known fraud, False known not to be, null not known.
         *             grown: it looked like nothing by itself, and is here for at least two identifiers that it shares.
         *             household: address and a long history are what it shares; it counts for less.
         *             outcome: of its last decision.
         *             cell: which part of the ring, from 0.
         */
        RingMember: {
            amount_minor: number | null;
            bad: boolean | null;
            cell: number;
            event_id: string;
            grown: boolean;
            heat: number | null;
            household: boolean;
            /** @description RFC 3339, UTC */
            last_at: string;
            member: string;
            outcome: string | null;
            /** @description RFC 3339, UTC */
            since: string;
        };
        /**
         * RingMoment
         * @description A step of how it formed: who came when, and ``size`` with it.
         */
        RingMoment: {
            /** @description RFC 3339, UTC */
            at: string;
            event_id: string;
            member: string;
            outcome: string | null;
            size: number;
        };
        /**
         * RingPage
         * @description Rings, those to be looked at first in front; ``next_after`` continues, null at the end.
         *
         *         Attributes:
         *             as_of: when they were last looked for; null before the first time. seq: the place of the journal they are of.
         *             finders: definitions in the live release.
         */
        RingPage: {
            as_of: string | null;
            finders: string[];
            next_after: number | null;
            rings: components["schemas"]["RingSummary"][];
            seq: number;
            total: number;
        };
        /**
         * RingRadius
         * @description Who would be hit, before anybody is.
         *
         *         Attributes:
         *             seen: send it along when these entries are to be made.
         *             members: of the ring that are put on a list or use what is; others: everybody else who is or does.
         *             good_customers: those of both whose end is known and good; their pseudonyms in ``good_examples``, some of them.
         *             decisions: on applications within ``days``; changed: of these, those that a list would have decided otherwise, by
         *                 the outcome they had.
         */
        RingRadius: {
            changed: {
                [key: string]: number;
            };
            days: number;
            decisions: number;
            entries: components["schemas"]["RingEntry"][];
            /** @description RFC 3339, UTC */
            expires_at: string;
            good_customers: number;
            good_examples: string[];
            members: number;
            others: number;
            refused: components["schemas"]["RingRefused"][];
            ring_id: string;
            /** @description SHA-256 of the content */
            seen: string;
            words: components["schemas"]["RingWords"];
        };
        /**
         * RingRadiusRequest
         * @description What would be put on lists.
         *
         *         Attributes:
         *             members, identifiers: whether people, and whether what they share.
         *             steps: how far from the ring people are taken along; 0 for nobody outside of it.
         *             leave_out: pseudonyms that are not to be put on a list.
         *             days: decisions of so many days are looked at for what would have changed.
         *             expires_after: such as 90d; what the definition says where it is left out.
         */
        RingRadiusRequest: {
            /** @default 30 */
            days: number;
            /** @default null */
            expires_after: string | null;
            /** @default true */
            identifiers: boolean;
            /** @default [] */
            leave_out: string[];
            /** @default true */
            members: boolean;
            /** @default 0 */
            steps: number;
        };
        /**
         * RingRefresh
         * @description What looking found. ``changes``: how many rings were born, grown, merged, split, ended.
         */
        RingRefresh: {
            applications: number;
            /** @description RFC 3339, UTC */
            as_of: string;
            changes: {
                [key: string]: number;
            };
            members: number;
            rings: number;
            seq: number;
            took_ms: number;
        };
        /**
         * RingRefreshRequest
         * @description Look again now. ``finder``: only by this definition.
         */
        RingRefreshRequest: {
            /** @default null */
            by: string | null;
            /** @default null */
            finder: string | null;
        };
        /**
         * RingRefused
         * @description An identifier that is not put on a list, and why.
         */
        RingRefused: {
            /** @enum {unknown} */
            code: "crowd" | "honest_history" | "joins_nobody" | "no_list";
            entity: string;
            kind: string;
            known_good: number;
            users: number;
            words: components["schemas"]["RingWords"];
        };
        /**
         * RingStep
         * @description A step of a path: over this identifier to that member.
         */
        RingStep: {
            identifier: string;
            kind: string;
            member: string;
        };
        /**
         * RingSummary
         * @description One ring.
         *
         *         Attributes:
         *             finder: the definition that found it; graph: what it hangs together in.
         *             rank: 1 is looked at first; score: what it is ranked by, without unit.
         *             state: ``listed`` while entries of it stand on a list; ``dismissed`` until it grows; ``ended`` when it was found
         *                 no more.
         *             size: members; hot: those that look like fraud or are known to be; known_bad, known_good: those whose end is known.
         *             lift: how many times as much known fraud as among all members of the graph; null before any is known.
         *             came_1d, came_7d: members that came within.
         *             identifiers: that at least two of them share.
         *             at_stake_minor: money asked for by members who were not declined, in minor units; null for a caller without
         *                 ``read_personal``.
         *             merged_into: the ring that took it in.
         */
        RingSummary: {
            at_stake_minor: number | null;
            /** @description RFC 3339, UTC */
            born_at: string;
            came_1d: number;
            came_7d: number;
            case_id: string | null;
            cells: number;
            /** @description RFC 3339, UTC */
            changed_at: string;
            finder: string;
            graph: string;
            hot: number;
            identifiers: number;
            known_bad: number;
            known_good: number;
            /** @description RFC 3339, UTC */
            last_joined_at: string;
            lift: number | null;
            member_kind: string;
            merged_into: string | null;
            rank: number;
            ring_id: string;
            score: number;
            size: number;
            /** @enum {unknown} */
            state: "dismissed" | "ended" | "listed" | "open";
            words: components["schemas"]["RingWords"];
        };
        /**
         * RingUndo
         * @description Take off again exactly what one action put on.
         */
        RingUndo: {
            action_id: string;
            /** @default null */
            by: string | null;
            reason: string;
        };
        /**
         * RingUndone
         * @description What was taken off; ``kept`` entries had been removed or replaced by somebody since.
         */
        RingUndone: {
            action: components["schemas"]["RingAction"];
            kept: number;
            removed: number;
            ring: components["schemas"]["RingSummary"];
        };
        /**
         * RingWords
         * @description A text in both languages.
         */
        RingWords: {
            en: string;
            zh: string;
        };
        /**
         * RiskPoint
         * @description What a model said when a decision was taken.
         */
        RiskPoint: {
            /** @description RFC 3339, UTC */
            at: string;
            decision_id: string;
            model: string;
            /** @enum {unknown} */
            outcome: "approve" | "decline" | "review";
            points: number | null;
            probability: number;
            seq: number;
        };
        /**
         * RollBackRequest
         * @description The return to an earlier release; to the one before when ``to`` is null.
         */
        RollBackRequest: {
            /** @default null */
            by: string | null;
            /** @default  */
            note: string;
            /** @default null */
            to: string | null;
        };
        /**
         * RuleOverlap
         * @description Two rules: decisions in which both fired, and their Jaccard index (both, of either).
         */
        RuleOverlap: {
            both: number;
            jaccard: number;
            other: string;
            rule: string;
        };
        /**
         * RuleSweep
         * @description A number in a rule's condition, and the values to try in its place.
         *
         *         Attributes:
         *             rule: ``stage.rule``.
         *             number: which of the numbers in the condition, counted from 0.
         */
        RuleSweep: {
            /** @default 0 */
            number: number;
            rule: string;
            values: number[];
        };
        /**
         * RuleValue
         * @description What one rule is worth.
         *
         *         Attributes:
         *             rule: ``stage.rule``; effect: ``decline``, ``review``, ``approve`` or empty.
         *             hits: decisions in which it fired.
         *             alone: decisions whose outcome becomes better when the rule is taken out, and nothing else changes: what it alone
         *                 stops. None where it cannot be taken out, and ``why_not`` says why.
         *             saved_minor, forgone_minor: loss avoided on the bad ones it alone stops, margin lost on the good ones.
         *             redundant: it fired, and taking it out changes no outcome.
         *             covered_by: other rules that fired whenever it did.
         *             months: decay; trend: change of precision from the first half of the stretch to the second, with its interval.
         */
        RuleValue: {
            alone: components["schemas"]["Group"] | null;
            /** @default null */
            changed: number | null;
            /** @default [] */
            covered_by: string[];
            effect: string;
            /** @default null */
            forgone_minor: number | null;
            hits: components["schemas"]["Group"];
            /** @default [] */
            months: components["schemas"]["MonthHits"][];
            /** @default false */
            redundant: boolean;
            rule: string;
            /** @default null */
            saved_minor: number | null;
            /** @default null */
            trend: number | null;
            /** @default null */
            trend_high: number | null;
            /** @default null */
            trend_low: number | null;
            /** @default null */
            why_not: string | null;
        };
        /**
         * RunDetail
         * @description One day: its steps, and its page of the log book as Markdown in both languages.
         *
         *         Attributes:
         *             acceptances: what people accepted of it after all; may_accept: what was refused and is still to be accepted.
         */
        RunDetail: {
            acceptances: components["schemas"]["AcceptanceShown"][];
            may_accept: ("challenger" | "rows")[];
            name: string;
            page: {
                [key: string]: string;
            };
            /** @description SHA-256 of the content */
            plan: string;
            shown: components["schemas"]["RunShown"];
            steps: components["schemas"]["RunStepShown"][];
        };
        /**
         * RunError
         * @description Why a run came to nothing.
         */
        RunError: {
            code: string;
            detail: string;
            /** @default  */
            field: string;
            /** @default  */
            hint: string;
        };
        /**
         * RunPage
         * @description Days of a plan, the newest first; the chain of all its runs was proved.
         */
        RunPage: {
            name: string;
            runs: components["schemas"]["RunShown"][];
        };
        /**
         * RunShown
         * @description A day in a line.
         *
         *         Attributes:
         *             run: digest of the run; ``previous`` of the one before it, empty for the first.
         *             gate: what the gate said of the day's rows.
         *             move, why: what was done, and why, in stable words.
         *             headline: in English and Chinese.
         */
        RunShown: {
            /** @description a day where the plan is */
            day: string;
            /** @enum {unknown} */
            gate: "noted" | "passed" | "refused" | "skipped";
            headline: {
                [key: string]: string;
            };
            /** @enum {unknown} */
            move: "abort" | "canary" | "draft" | "promote" | "roll_back" | "shadow" | "stay";
            previous: string;
            /** @description SHA-256 of the content */
            run: string;
            why: string[];
        };
        /**
         * RunStepShown
         * @description A step: what it found, from what, and what it made, by digest.
         */
        RunStepShown: {
            facts: Record<string, never>;
            inputs: {
                [key: string]: string;
            };
            outputs: {
                [key: string]: string;
            };
            step: string;
            /** @enum {unknown} */
            verdict: "noted" | "passed" | "refused" | "skipped";
        };
        /**
         * Segment
         * @description One part of the test.
         *
         *         Attributes:
         *             group: the text, or the range of a number.
         *             rows, bads: of the part.
         *             expected: mean probability that the model gave; bad_rate: what happened.
         *             auc, low, high: with 95 % interval; None where there are too few of either outcome.
         *             approved: share that would be approved where four of five of all are.
         */
        Segment: {
            approved: number;
            auc: number | null;
            bad_rate: number;
            bads: number;
            expected: number;
            group: string;
            high: number | null;
            low: number | null;
            rows: number;
        };
        /**
         * SegmentGroup
         * @description The parts by one column; ``forbidden`` where the model may not read it.
         */
        SegmentGroup: {
            column: string;
            forbidden: boolean;
            segments: components["schemas"]["Segment"][];
        };
        /**
         * SegmentReading
         * @description The difference within a group; an exploration: nothing is concluded from it.
         */
        SegmentReading: {
            decisions: number;
            field: string;
            group: string;
            high: number | null;
            low: number | null;
            value: number | null;
        };
        /**
         * Sensitive
         * @description Why a column had better not be used.
         *
         *         Attributes:
         *             kind: ``protected``: a ground on which nobody may be treated worse, or not everywhere; ``private``: names a person
         *                 or lets somebody in, so its values are not shown either.
         *             ground: which, lower_snake.
         */
        Sensitive: {
            ground: string;
            /** @enum {unknown} */
            kind: "private" | "protected";
        };
        /**
         * SentBack
         * @description The versions that were sent back.
         */
        SentBack: {
            digests: string[];
        };
        /**
         * Sentence
         * @description The same said twice.
         */
        Sentence: {
            en: string;
            zh: string;
        };
        /**
         * SentValue
         * @description One field of the request: a field of the event with its data class, or a constant.
         */
        SentValue: {
            data_class: ("C1" | "C2" | "C3") | null;
            field: string | null;
            name: string;
            optional: boolean;
        };
        /**
         * SessionAnswer
         * @description Who asks and what they may do. ``csrf`` goes into the header X-Tandem-CSRF of whatever changes something.
         */
        SessionAnswer: {
            csrf: string;
            /** @enum {unknown} */
            mode: "open" | "people";
            permissions: ("approve" | "decide" | "draft" | "edit_lists" | "manage" | "read" | "read_personal" | "release" | "work_cases")[];
            person: components["schemas"]["SessionPerson"];
            workspace: components["schemas"]["WorkspaceSummary"];
        };
        /**
         * SessionPerson
         * @description Who asks. A key and a process have no roles.
         */
        SessionPerson: {
            display_name: string;
            name: string;
            roles: ("admin" | "analyst" | "approver" | "strategist" | "viewer")[];
        };
        /**
         * Severity
         * @description How much a finding matters.
         * @enum {unknown}
         */
        Severity: "note" | "severe" | "warning";
        /**
         * ShadowReading
         * @description How a challenger that was computed beside differs, decision by decision.
         *
         *         Attributes:
         *             changed: decisions with another outcome; ``moved`` from each outcome to each.
         *             reasons_changed: with other reason codes.
         *             score_moved_mean, score_moved_max: of the probabilities of stages that both have.
         *             unread: decisions without some input of the challenger, from before it was recorded.
         */
        ShadowReading: {
            changed: number;
            decisions: number;
            latency_ms_p50: number | null;
            latency_ms_p99: number | null;
            moved: {
                [key: string]: number;
            };
            reasons_changed: number;
            score_moved_max: number | null;
            score_moved_mean: number | null;
            unread: number;
        };
        /**
         * SideAsked
         * @description What decides on one side.
         *
         *         Attributes:
         *             release: a digest, ``live``, or ``recorded`` for what was really answered then.
         *             drafts: put in the place of what the release has: a policy, a model, features, a list.
         *             versions: digests of artefacts in the register, likewise.
         *             policy: the one that decides; by default the one that the release would take.
         *             label: what people call it.
         */
        SideAsked: {
            /** @default [] */
            drafts: components["schemas"]["Draft"][];
            /** @default  */
            label: string;
            /** @default null */
            policy: string | null;
            /** @default live */
            release: string;
            /** @default [] */
            versions: string[];
        };
        /**
         * SideShown
         * @description One side and how it stands.
         *
         *         Attributes:
         *             release: digest; empty for what was answered then. drafts: ``kind/name`` of what was put in its place.
         *             approved: share of the decisions that both sides could take.
         *             standing: those it approves.
         *             by_row: why it is decided row by row, where it is.
         *             computed: facts that were not recorded and were computed anew, by how many decisions.
         */
        SideShown: {
            approved: components["schemas"]["EffectRate"];
            /** @default null */
            by_row: string | null;
            /** @default {} */
            computed: {
                [key: string]: number;
            };
            declined: number;
            drafts: string[];
            label: string;
            policy: string;
            release: string;
            reviewed: number;
            standing: components["schemas"]["Group"];
        };
        /**
         * SignedOut
         * @description The session has ended.
         */
        SignedOut: {
            signed_out: boolean;
        };
        /**
         * SignInRequest
         * @description A name and its password.
         */
        SignInRequest: {
            name: string;
            /** @description never told again, never logged */
            password: string;
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
        /**
         * StudioColumn
         * @description A name that expressions may use; ``example`` is from the newest recorded decision.
         */
        StudioColumn: {
            /** @default null */
            entity: string | null;
            /** @default null */
            example: unknown;
            name: string;
            nullable: boolean;
            /** @enum {unknown} */
            source: "event" | "feature" | "time";
            type: string;
            /** @default null */
            values: string[] | null;
            words: components["schemas"]["Words"];
        };
        /**
         * StudioFunction
         * @description A function or operator; ``$`` in ``insert`` marks where typing goes on.
         */
        StudioFunction: {
            example: string;
            group: string;
            insert: string;
            name: string;
            words: components["schemas"]["Words"];
        };
        /**
         * StudioList
         * @description A list that policies may ask.
         */
        StudioList: {
            description: string;
            entity: string;
            name: string;
        };
        /**
         * StudioModel
         * @description A model that policies may ask.
         */
        StudioModel: {
            gives_points: boolean;
            inputs: string[];
            name: string;
        };
        /**
         * StudioNames
         * @description Everything a policy on one type of event may name.
         */
        StudioNames: {
            actions: string[];
            columns: components["schemas"]["StudioColumn"][];
            event_type: string;
            event_types: string[];
            functions: components["schemas"]["StudioFunction"][];
            lists: components["schemas"]["StudioList"][];
            models: components["schemas"]["StudioModel"][];
            reasons: components["schemas"]["StudioReason"][];
        };
        /**
         * StudioPolicy
         * @description A policy with its versions, newest first, and the content of one of them.
         */
        StudioPolicy: {
            document: unknown;
            live: string | null;
            name: string;
            /** @description SHA-256 of the content */
            shown: string;
            text: string;
            versions: components["schemas"]["StudioVersion"][];
        };
        /**
         * StudioPolicyPage
         * @description All policies, by name.
         */
        StudioPolicyPage: {
            policies: components["schemas"]["StudioPolicySummary"][];
        };
        /**
         * StudioPolicySummary
         * @description A policy in the list of all. ``newest``: the version to go on from, which is never one that was taken out of force.
         */
        StudioPolicySummary: {
            description: string;
            drafts: number;
            event: string;
            examples: number;
            live: string | null;
            name: string;
            newest: components["schemas"]["StudioVersion"];
            rules: number;
            stages: number;
        };
        /**
         * StudioReason
         * @description A reason code, in words for customers and for colleagues.
         */
        StudioReason: {
            code: string;
            customer: components["schemas"]["Words"];
            internal: components["schemas"]["Words"];
        };
        /**
         * StudioReview
         * @description Somebody approved a version.
         */
        StudioReview: {
            approver: string;
            /** @description RFC 3339, UTC */
            at: string;
            note: string;
        };
        /**
         * StudioVersion
         * @description One version of a policy, with everybody who put their name to it.
         *
         *         ``declined``: who sent it back, where nobody has approved it since.
         */
        StudioVersion: {
            author: string;
            declined: components["schemas"]["DeclineNote"] | null;
            /** @description SHA-256 of the content */
            digest: string;
            live_since: string | null;
            note: string;
            /** @description RFC 3339, UTC */
            pushed_at: string;
            reviews: components["schemas"]["StudioReview"][];
            /** @enum {unknown} */
            state: "declined" | "draft" | "live" | "retired" | "reviewed";
        };
        /**
         * Suggested
         * @description What a person would most likely say; they decide.
         *
         *         Attributes:
         *             target: two values and a name that tells of an outcome; None where no column has both.
         *             time: holds instants, dates or months in every row.
         *             id: names the rows.
         *             forbid: sensitive by name, see ``sensitive_column``.
         */
        Suggested: {
            /** @default [] */
            forbid: string[];
            /** @default [] */
            id: string[];
            /** @default null */
            target: string | null;
            /** @default null */
            time: string | null;
        };
        /**
         * SwapSet
         * @description Who comes in and who goes out.
         *
         *         Attributes:
         *             how: ``as_decided``, or ``equal_approval``: the candidate approves as many as the other side, in the order of its
         *                 own outcome and then its score.
         *             stay, out, swapped_in, never: approved by both, by the other side alone, by the candidate alone, by neither.
         *             approved_before, approved_after: counts.
         */
        SwapSet: {
            approved_after: number;
            approved_before: number;
            how: string;
            never: components["schemas"]["Group"];
            out: components["schemas"]["Group"];
            stay: components["schemas"]["Group"];
            swapped_in: components["schemas"]["Group"];
        };
        /**
         * SweepPoint
         * @description The candidate with another number in one rule or case.
         *
         *         Attributes:
         *             gained, lost: approved with this number and not as the candidate stands, and the other way round.
         *             hits: decisions in which the rule fired; 0 for a case.
         */
        SweepPoint: {
            approved: components["schemas"]["EffectRate"];
            gained: components["schemas"]["Group"];
            hits: number;
            lost: components["schemas"]["Group"];
            standing: components["schemas"]["Group"];
            value: number;
            when: string;
        };
        /**
         * TableLook
         * @description What was seen.
         *
         *         Attributes:
         *             rows: of the table; ``looked_at`` of them were looked at.
         *             suggested: what the columns most likely are.
         *             forbid: what would be left out: as asked, or as suggested.
         *             outlook: None until a target is said, or where it cannot be used.
         *             findings: what training would say of the columns; ``proxy`` where one gives a forbidden one away.
         *             fault: what is wrong with what was said.
         */
        TableLook: {
            columns: components["schemas"]["ColumnLook"][];
            fault: components["schemas"]["LookFault"] | null;
            findings: components["schemas"]["Finding"][];
            forbid: string[];
            looked_at: number;
            outlook: components["schemas"]["Outlook"] | null;
            rows: number;
            suggested: components["schemas"]["Suggested"];
        };
        /**
         * TimelineDecision
         * @description What was decided on an event.
         */
        TimelineDecision: {
            decision_id: string;
            /** @enum {unknown} */
            outcome: "approve" | "decline" | "review";
            policy: string;
            reasons: string[];
            scores: {
                [key: string]: number;
            };
        };
        /**
         * TimelineItem
         * @description An event that named the entity; personal values only for those who may read them.
         */
        TimelineItem: {
            /** @description RFC 3339, UTC */
            at: string;
            decision: components["schemas"]["TimelineDecision"] | null;
            entities: components["schemas"]["EntityName"][];
            erased: boolean;
            event_id: string;
            event_type: string;
            /** @description RFC 3339, UTC */
            recorded_at: string;
            seq: number;
            supersedes: string | null;
            values: Record<string, never>;
        };
        /**
         * Told
         * @description What is told of a decision.
         *
         *         Attributes:
         *             adverse: in which ways it speaks against the applicant; empty: in none, and there is nothing to tell.
         *             reasons: the principal ones, in the order in which they are told.
         *             method: its version; ``reference``: what contributions were measured from.
         *             statements: whether the release had an artefact of statements.
         */
        Told: {
            adverse: ("declined" | "higher_price" | "lower_limit" | "referred")[];
            method: number;
            reasons: components["schemas"]["PrincipalReason"][];
            reference: string;
            statements: boolean;
        };
        /**
         * TrainingAsked
         * @description What to train on, and how.
         *
         *         Attributes:
         *             source: the table.
         *             target: column that says what happened; positive: its bad value, where its words do not tell.
         *             time: column to order rows by; the test is then out of time.
         *             id: columns that name a row; forbid: columns that may not be used.
         *             goal: of what kind the risk is: few bad ones among many are fraud.
         *             explain: ``strictly``: a scorecard and nothing else; ``balanced``: trees may win, held to the trends that the
         *                 scorecard is sure of; ``strongest``: trees are free, and explainable boosting competes where it is installed.
         *             families: competes instead of what ``explain`` says; empty: as it says.
         *             monotone: ``auto`` or ``none``; None: as ``explain`` says.
         *             tune, test_share, folds, seed, bin_edits: see ``TrainSpec``.
         *             name: of the model, lower_snake.
         */
        TrainingAsked: {
            /** @default [] */
            bin_edits: components["schemas"]["BinEdit"][];
            /**
             * @default balanced
             * @enum {unknown}
             */
            explain: "balanced" | "strictly" | "strongest";
            /** @default [] */
            families: ("blend" | "catboost" | "ebm" | "lightgbm" | "logistic" | "network" | "scorecard" | "xgboost")[];
            /** @default null */
            folds: number | null;
            /** @default [] */
            forbid: string[];
            /**
             * @default credit
             * @enum {unknown}
             */
            goal: "credit" | "fraud";
            /** @default [] */
            id: string[];
            /** @default null */
            monotone: ("auto" | "none") | null;
            /** @default model */
            name: string;
            /** @default null */
            positive: string | null;
            /** @default 20261124 */
            seed: number;
            source: components["schemas"]["UploadedFile"] | components["schemas"]["KeptSet"];
            target: string;
            /** @default 0.2 */
            test_share: number;
            /** @default null */
            time: string | null;
            /** @default 0 */
            tune: number;
        };
        /**
         * TrainingDrafted
         * @description The model's version, and what was new; nothing is where the same was pushed before.
         */
        TrainingDrafted: {
            artefacts: components["schemas"]["ArtefactSummary"][];
            digest: string;
        };
        /**
         * TrainingDraftRequest
         * @description Make a draft of a run's model.
         *
         *         Attributes:
         *             name: of the model in the workspace. family: which of those that competed; the champion by default.
         *             words: by reason code, where the generated ones will not do.
         */
        TrainingDraftRequest: {
            /** @default null */
            family: ("blend" | "catboost" | "ebm" | "lightgbm" | "logistic" | "network" | "scorecard" | "xgboost") | null;
            name: string;
            /** @default  */
            note: string;
            /** @default {} */
            words: {
                [key: string]: components["schemas"]["ReasonWords"];
            };
        };
        /**
         * TrainingDraftShown
         * @description A draft that was made of a run's model.
         */
        TrainingDraftShown: {
            /** @description RFC 3339, UTC */
            at: string;
            by: string;
            digest: string;
            family: string;
            name: string;
        };
        /**
         * TrainingLimits
         * @description What may be asked here.
         *
         *         Attributes:
         *             file_bytes, piece_bytes: how large files and their pieces may be.
         *             file_kinds: ends of file names that are read.
         *             families: the kinds of models that can compete here; those whose library is not installed are left out.
         *             usual: of them, what competes where only ``explain`` was said.
         */
        TrainingLimits: {
            families: ("blend" | "catboost" | "ebm" | "lightgbm" | "logistic" | "network" | "scorecard" | "xgboost")[];
            file_bytes: number;
            file_kinds: string[];
            piece_bytes: number;
            usual: {
                [key: string]: ("blend" | "catboost" | "ebm" | "lightgbm" | "logistic" | "network" | "scorecard" | "xgboost")[];
            };
        };
        /**
         * TrainingReason
         * @description What a customer is told when an input speaks against them; ``known``: the live release has words for the code.
         */
        TrainingReason: {
            code: string;
            en: string;
            input: string;
            known: boolean;
            zh: string;
        };
        /**
         * TrainingReportShown
         * @description What a training came to.
         *
         *         Attributes:
         *             champion: the family that won. figures: as ``tandem model train --json`` prints them.
         *             segments: the champion on parts of the test. live: beside live models, on the same rows.
         */
        TrainingReportShown: {
            champion: string;
            figures: Record<string, never>;
            live: components["schemas"]["LiveComparison"][];
            reasons: components["schemas"]["TrainingReason"][];
            segments: components["schemas"]["SegmentGroup"][];
        };
        /**
         * TrainingRequest
         * @description What to train on, and how.
         *
         *         Attributes:
         *             source: the table. target: its column that says what happened; positive: the bad value of it.
         *             time: column to order rows by; the test is then out of time.
         *             id, forbid: columns that name a row, and columns that may not be used.
         *             goal: ``credit``, or ``fraud``: few bad ones among many.
         *             explain: ``strictly``: a scorecard and nothing else; ``balanced``: trees may win, held to trends that the data are
         *                 sure of; ``strongest``: trees are free.
         *             families, monotone: instead of what ``explain`` says.
         *             tune: sets of settings to try beside the preset. bin_edits: changes of the scorecard's bins, each with a reason.
         *             name: of the model, lower_snake. label: what the run is called.
         */
        TrainingRequest: {
            /** @default [] */
            bin_edits: components["schemas"]["BinEdit"][];
            /**
             * @default balanced
             * @enum {unknown}
             */
            explain: "balanced" | "strictly" | "strongest";
            /** @default [] */
            families: ("blend" | "catboost" | "ebm" | "lightgbm" | "logistic" | "network" | "scorecard" | "xgboost")[];
            /** @default null */
            folds: number | null;
            /** @default [] */
            forbid: string[];
            /**
             * @default credit
             * @enum {unknown}
             */
            goal: "credit" | "fraud";
            /** @default [] */
            id: string[];
            /** @default  */
            label: string;
            /** @default null */
            monotone: ("auto" | "none") | null;
            /** @default model */
            name: string;
            /** @default null */
            positive: string | null;
            /** @default 20261124 */
            seed: number;
            source: components["schemas"]["UploadedFile"] | components["schemas"]["KeptSet"];
            target: string;
            /** @default 0.2 */
            test_share: number;
            /** @default null */
            time: string | null;
            /** @default 0 */
            tune: number;
        };
        /**
         * TrainingRunDetail
         * @description A run: what it has told so far, its report once it is done, and the drafts that were made of it.
         */
        TrainingRunDetail: {
            drafts: components["schemas"]["TrainingDraftShown"][];
            report: components["schemas"]["TrainingReportShown"] | null;
            run: components["schemas"]["TrainingRunShown"];
            steps: components["schemas"]["TrainingStep"][];
        };
        /**
         * TrainingRunPage
         * @description Trainings that are kept, the newest first.
         */
        TrainingRunPage: {
            items: components["schemas"]["TrainingRunShown"][];
        };
        /**
         * TrainingRunShown
         * @description One training; ``done`` of ``total`` is how far it is, the figures are of its champion, once there is one.
         */
        TrainingRunShown: {
            asked: components["schemas"]["TrainingAsked"];
            auc: number | null;
            auc_high: number | null;
            auc_low: number | null;
            by: string;
            called: string;
            champion: string | null;
            digest: string | null;
            done: number;
            error: components["schemas"]["RunError"] | null;
            finished_at: string | null;
            label: string;
            rows: number | null;
            /** @description RFC 3339, UTC */
            started_at: string;
            /** @enum {unknown} */
            state: "cancelled" | "done" | "failed" | "running";
            total: number;
            training_id: string;
        };
        /**
         * TrainingStep
         * @description Where a training is.
         *
         *         Attributes:
         *             stage: ``checking`` the columns, ``choosing`` among families by inner folds, ``fitting`` on all training rows,
         *                 ``judging`` on the test.
         *             family: which one is being tried, while ``choosing``.
         *             done, total: parts of the stage: folds of a family.
         *             auc: out of fold, once a family is through.
         */
        TrainingStep: {
            /** @default null */
            auc: number | null;
            /** @default 0 */
            done: number;
            /** @default null */
            family: ("blend" | "catboost" | "ebm" | "lightgbm" | "logistic" | "network" | "scorecard" | "xgboost") | null;
            /** @enum {unknown} */
            stage: "checking" | "choosing" | "fitting" | "judging";
            /** @default 1 */
            total: number;
        };
        /**
         * TwoTongues
         * @description A sentence in both languages.
         */
        TwoTongues: {
            en: string;
            zh: string;
        };
        /**
         * UnknowableDecisions
         * @description Decisions that a side cannot take again, and why.
         *
         *         Attributes:
         *             code: ``not_recorded``, ``other_definition`` (recorded under another definition of the name), ``not_scored``,
         *                 ``erased``.
         *             name: of the fact or model.
         */
        UnknowableDecisions: {
            code: string;
            count: number;
            name: string;
            side: string;
        };
        /**
         * UploadedFile
         * @description A file that was given, by the id of its upload.
         */
        UploadedFile: {
            /** @enum {unknown} */
            type: "file";
            upload_id: string;
        };
        /**
         * UploadPiece
         * @description A piece of a file: where it begins, and its bytes in base64.
         */
        UploadPiece: {
            data: string;
            place: number;
        };
        /**
         * UploadRequest
         * @description A file is announced: its name, whose end says what it is, and its size.
         */
        UploadRequest: {
            bytes: number;
            name: string;
        };
        /**
         * UploadShown
         * @description A file, as far as it has arrived; ``received`` of ``bytes``.
         */
        UploadShown: {
            /** @description RFC 3339, UTC */
            begun_at: string;
            by: string;
            bytes: number;
            name: string;
            received: number;
            upload_id: string;
        };
        /**
         * Watch
         * @description What was found of a model.
         *
         *         Attributes:
         *             model: its name.
         *             owner: who made the live version.
         *             rows, reference_rows: decisions that are judged, and the older ones they are compared with.
         *             groups: all first.
         *             alerts: in the order of the groups.
         */
        Watch: {
            alerts: components["schemas"]["Alert"][];
            groups: components["schemas"]["GroupFigures"][];
            model: string;
            owner: string;
            reference_rows: number;
            rows: number;
        };
        /**
         * WebhookChangeRequest
         * @description What is to be another; what is left out stays.
         *
         *         ``enabled: true`` also serves again a webhook that paused itself, and tries at once. ``skip_waiting`` lets go of what
         *         waits and goes on with what happens from now on.
         */
        WebhookChangeRequest: {
            /** @default null */
            description: string | null;
            /** @default null */
            enabled: boolean | null;
            /** @default null */
            kinds: ("case.resolved" | "decision.made" | "list.changed" | "release.changed")[] | null;
            /** @default null */
            outcomes: ("approve" | "decline" | "review")[] | null;
            /** @default null */
            policies: string[] | null;
            /** @default false */
            skip_waiting: boolean;
            /** @default null */
            url: string | null;
        };
        /**
         * WebhookDeleted
         * @description What is no more.
         */
        WebhookDeleted: {
            id: string;
        };
        /**
         * WebhookPage
         * @description All webhooks, in the order they were made.
         */
        WebhookPage: {
            webhooks: components["schemas"]["WebhookSummary"][];
        };
        /**
         * WebhookRequest
         * @description A receiver, and what it is to hear of from now on.
         */
        WebhookRequest: {
            /** @default  */
            description: string;
            kinds: ("case.resolved" | "decision.made" | "list.changed" | "release.changed")[];
            /**
             * @description only decisions with one of these; empty: all
             * @default []
             */
            outcomes: ("approve" | "decline" | "review")[];
            /**
             * @description only decisions of one of these; empty: all
             * @default []
             */
            policies: string[];
            /** @description https; a receiver on the public internet */
            url: string;
        };
        /**
         * WebhookSummary
         * @description A receiver and how it does.
         *
         *         Attributes:
         *             state: ``active``; ``failing``: tried again later; ``paused``: stopped itself; ``disabled`` by a person.
         *             paused: why it stopped itself: ``gone`` (it answered 410) or ``failures`` (a hundred in a row).
         *             behind: records of the journal it was not told of yet, be they of its kinds or not.
         *             previous_secret_until: until when the secret before this one signs along.
         */
        WebhookSummary: {
            behind: number;
            /** @description RFC 3339, UTC */
            created_at: string;
            dead: number;
            delivered: number;
            description: string;
            failing_since: string | null;
            failures: number;
            id: string;
            kinds: ("case.resolved" | "decision.made" | "list.changed" | "release.changed")[];
            next_attempt_at: string | null;
            outcomes: ("approve" | "decline" | "review")[];
            owner: string;
            paused: ("failures" | "gone") | null;
            policies: string[];
            previous_secret_until: string | null;
            /** @enum {unknown} */
            state: "active" | "disabled" | "failing" | "paused";
            /** @description RFC 3339, UTC */
            updated_at: string;
            url: string;
            waiting: number;
        };
        /**
         * WebhookWithSecret
         * @description A webhook and its secret, which is shown this once.
         */
        WebhookWithSecret: {
            /** @description whsec_ and base64, for a Standard Webhooks library */
            secret: string;
            webhook: components["schemas"]["WebhookSummary"];
        };
        /**
         * WelcomeAnswer
         * @description What a page must know before it asks for anything else.
         *
         *         Attributes:
         *             first_start: nobody can sign in yet.
         *             known: whether this request came with a session or key in force.
         */
        WelcomeAnswer: {
            first_start: boolean;
            known: boolean;
            /** @enum {unknown} */
            mode: "open" | "people";
        };
        /**
         * WelcomeRequest
         * @description A one-time link taken: the password, and for the first admin the name.
         */
        WelcomeRequest: {
            /** @default  */
            display_name: string;
            /** @default  */
            name: string;
            /** @description never told again, never logged */
            password: string;
            /** @description never told again, never logged */
            token: string;
        };
        /**
         * Wording
         * @description One text in every language we speak.
         */
        Wording: {
            en: string;
            "zh-CN": string;
        };
        /**
         * WordLines
         * @description Lines in both languages.
         */
        WordLines: {
            en: string[];
            zh: string[];
        };
        /**
         * Words
         * @description The same in both languages.
         */
        Words: {
            en: string;
            zh: string;
        };
        /**
         * WorkspaceSummary
         * @description Where they are. ``currency`` is that of its amounts, ISO 4217; empty where the workspace names none.
         */
        WorkspaceSummary: {
            currency: string;
            description: string;
            /** @enum {unknown} */
            kind: "live" | "sandbox";
            name: string;
        };
        /**
         * WrittenDecision
         * @description A letter about a decision.
         *
         *         Attributes:
         *             letter: name of the artefact; ``packs``: the legal packs that spoke, by the version in effect then.
         *             release: by which it was decided and is told.
         *             told: why, for colleagues.
         *             blocks, html, text: the letter, three times the same words.
         */
        WrittenDecision: {
            blocks: components["schemas"]["LetterBlock"][];
            decided_at: string;
            decision_id: string;
            html: string;
            /** @enum {unknown} */
            language: "en" | "zh-CN";
            letter: string;
            packs: components["schemas"]["PackInEffect"][];
            release: string;
            text: string;
            title: string;
            told: components["schemas"]["Told"];
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
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
                    };
                };
            };
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
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
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
                    };
                };
            };
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
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
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
                    };
                };
            };
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
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
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
                    };
                };
            };
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
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
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
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
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
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
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
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
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
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
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
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
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
                    };
                };
            };
        };
    };
    check_v1_artefacts_check_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CheckRequest"];
            };
        };
        responses: {
            /** @description What it would be. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Checked"];
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
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
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
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
                    };
                };
            };
        };
    };
    listed_v1_attacks_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The newest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AttackRunPage"];
                };
            };
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
                    };
                };
            };
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
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
                        code?: "no_attacks";
                    };
                };
            };
        };
    };
    begin_v1_attacks_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AttackRequest"];
            };
        };
        responses: {
            /** @description It runs. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AttackRunShown"];
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
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
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
                        code?: "no_policy" | "unknown_artefact" | "unknown_attack" | "unknown_event_type" | "unknown_policy";
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
                        code?: "attack_running";
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
                        code?: "body_too_large" | "too_deep" | "too_large";
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
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
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
                        code?: "no_attacks" | "no_release";
                    };
                };
            };
        };
    };
    one_v1_attacks__attack_id__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                attack_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The run. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AttackRunDetail"];
                };
            };
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
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
                        code?: "unknown_attack_run";
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
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
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
                        code?: "no_attacks";
                    };
                };
            };
        };
    };
    cancel_v1_attacks__attack_id__delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                attack_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As it stands now; one that is over stays as it is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AttackRunShown"];
                };
            };
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
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
                        code?: "unknown_attack_run";
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
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
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
                        code?: "no_attacks";
                    };
                };
            };
        };
    };
    comparison_v1_attacks__attack_id__comparison_get: {
        parameters: {
            query: {
                /** @description the earlier run */
                before: string;
            };
            header?: never;
            path: {
                attack_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What changed, in figures and in words. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AttackComparison"];
                };
            };
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
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
                        code?: "unknown_attack_run";
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
                        code?: "no_report" | "other_attack";
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
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
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
                        code?: "no_attacks";
                    };
                };
            };
        };
    };
    kinds_v1_attacks_kinds_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Every kind. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AttackKinds"];
                };
            };
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
                    };
                };
            };
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
                    };
                };
            };
        };
    };
    audit_v1_audit_get: {
        parameters: {
            query?: {
                action?: string | null;
                /** @description next_before of the page before */
                before?: number | null;
                by?: string | null;
                limit?: number;
                /** @description objects that begin so */
                object?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of notes. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditPage"];
                };
            };
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
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
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
                    };
                };
            };
        };
    };
    listed_v1_backtests_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The newest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BacktestRunPage"];
                };
            };
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
                    };
                };
            };
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
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
                        code?: "no_backtests";
                    };
                };
            };
        };
    };
    begin_v1_backtests_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BacktestRequest"];
            };
        };
        responses: {
            /** @description It runs. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BacktestRunShown"];
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
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
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
                        code?: "no_policy" | "unknown_artefact" | "unknown_policy" | "unknown_release" | "unknown_rule";
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
                        code?: "backtest_running";
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
                        code?: "body_too_large" | "too_deep" | "too_large";
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
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
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
                        code?: "no_backtests" | "no_release";
                    };
                };
            };
        };
    };
    one_v1_backtests__backtest_id__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                backtest_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The run. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BacktestRunDetail"];
                };
            };
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
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
                        code?: "unknown_backtest_run";
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
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
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
                        code?: "no_backtests";
                    };
                };
            };
        };
    };
    cancel_v1_backtests__backtest_id__delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                backtest_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As it stands now; one that is over stays as it is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BacktestRunShown"];
                };
            };
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
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
                        code?: "unknown_backtest_run";
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
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
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
                        code?: "no_backtests";
                    };
                };
            };
        };
    };
    cases_v1_cases_get: {
        parameters: {
            query?: {
                /** @description next_after of the page before */
                after?: number;
                assignee?: string | null;
                breached?: boolean | null;
                limit?: number;
                order?: "next" | "due" | "opened" | "changed" | "loss";
                queue?: string | null;
                state?: "working" | "open" | "assigned" | "snoozed" | "waiting" | "resolved" | "all";
                text?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of cases. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CasePage"];
                };
            };
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
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
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
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
    case_v1_cases__case_id__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description case id, or the id of one of its decisions */
                case_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The case. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CaseDetail"];
                };
            };
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
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
                        code?: "unknown_case";
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
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
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
    case_assign_v1_cases__case_id__assign_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description case id, or the id of one of its decisions */
                case_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CaseAssign"];
            };
        };
        responses: {
            /** @description The case as it is now; durable. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CaseSummary"];
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
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "not_yours" | "same_person" | "wrong_host";
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
                        code?: "unknown_case";
                    };
                };
            };
            /** @description It is another case by now; with the case as it is. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["CaseConflict"] & {
                        /** @enum {unknown} */
                        code?: "case_changed" | "case_state" | "no_escalation" | "nothing_to_undo" | "undo_too_late";
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
                        code?: "empty_note" | "instant_without_offset" | "invalid_instant" | "invalid_parameter" | "invalid_snooze" | "text_too_long" | "unknown_disposition" | "wrong_shape";
                    };
                };
            };
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
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
    case_escalate_v1_cases__case_id__escalate_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description case id, or the id of one of its decisions */
                case_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CaseEscalate"];
            };
        };
        responses: {
            /** @description The case as it is now; durable. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CaseSummary"];
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
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "not_yours" | "same_person" | "wrong_host";
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
                        code?: "unknown_case";
                    };
                };
            };
            /** @description It is another case by now; with the case as it is. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["CaseConflict"] & {
                        /** @enum {unknown} */
                        code?: "case_changed" | "case_state" | "no_escalation" | "nothing_to_undo" | "undo_too_late";
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
                        code?: "empty_note" | "instant_without_offset" | "invalid_instant" | "invalid_parameter" | "invalid_snooze" | "text_too_long" | "unknown_disposition" | "wrong_shape";
                    };
                };
            };
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
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
    case_notes_v1_cases__case_id__notes_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description case id, or the id of one of its decisions */
                case_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CaseNote"];
            };
        };
        responses: {
            /** @description The case as it is now; durable. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CaseSummary"];
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
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "not_yours" | "same_person" | "wrong_host";
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
                        code?: "unknown_case";
                    };
                };
            };
            /** @description It is another case by now; with the case as it is. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["CaseConflict"] & {
                        /** @enum {unknown} */
                        code?: "case_changed" | "case_state" | "no_escalation" | "nothing_to_undo" | "undo_too_late";
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
                        code?: "empty_note" | "instant_without_offset" | "invalid_instant" | "invalid_parameter" | "invalid_snooze" | "text_too_long" | "unknown_disposition" | "wrong_shape";
                    };
                };
            };
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
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
    case_reopen_v1_cases__case_id__reopen_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description case id, or the id of one of its decisions */
                case_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CaseReopen"];
            };
        };
        responses: {
            /** @description The case as it is now; durable. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CaseSummary"];
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
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "not_yours" | "same_person" | "wrong_host";
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
                        code?: "unknown_case";
                    };
                };
            };
            /** @description It is another case by now; with the case as it is. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["CaseConflict"] & {
                        /** @enum {unknown} */
                        code?: "case_changed" | "case_state" | "no_escalation" | "nothing_to_undo" | "undo_too_late";
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
                        code?: "empty_note" | "instant_without_offset" | "invalid_instant" | "invalid_parameter" | "invalid_snooze" | "text_too_long" | "unknown_disposition" | "wrong_shape";
                    };
                };
            };
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
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
    case_resolve_v1_cases__case_id__resolve_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description case id, or the id of one of its decisions */
                case_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CaseResolve"];
            };
        };
        responses: {
            /** @description The case as it is now; durable. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CaseSummary"];
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
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "not_yours" | "same_person" | "wrong_host";
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
                        code?: "unknown_case";
                    };
                };
            };
            /** @description It is another case by now; with the case as it is. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["CaseConflict"] & {
                        /** @enum {unknown} */
                        code?: "case_changed" | "case_state" | "no_escalation" | "nothing_to_undo" | "undo_too_late";
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
                        code?: "empty_note" | "instant_without_offset" | "invalid_instant" | "invalid_parameter" | "invalid_snooze" | "text_too_long" | "unknown_disposition" | "wrong_shape";
                    };
                };
            };
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
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
    case_second_v1_cases__case_id__second_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description case id, or the id of one of its decisions */
                case_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CaseSecond"];
            };
        };
        responses: {
            /** @description The case as it is now; durable. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CaseSummary"];
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
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "not_yours" | "same_person" | "wrong_host";
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
                        code?: "unknown_case";
                    };
                };
            };
            /** @description It is another case by now; with the case as it is. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["CaseConflict"] & {
                        /** @enum {unknown} */
                        code?: "case_changed" | "case_state" | "no_escalation" | "nothing_to_undo" | "undo_too_late";
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
                        code?: "empty_note" | "instant_without_offset" | "invalid_instant" | "invalid_parameter" | "invalid_snooze" | "text_too_long" | "unknown_disposition" | "wrong_shape";
                    };
                };
            };
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
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
    case_snooze_v1_cases__case_id__snooze_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description case id, or the id of one of its decisions */
                case_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CaseSnooze"];
            };
        };
        responses: {
            /** @description The case as it is now; durable. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CaseSummary"];
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
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "not_yours" | "same_person" | "wrong_host";
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
                        code?: "unknown_case";
                    };
                };
            };
            /** @description It is another case by now; with the case as it is. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["CaseConflict"] & {
                        /** @enum {unknown} */
                        code?: "case_changed" | "case_state" | "no_escalation" | "nothing_to_undo" | "undo_too_late";
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
                        code?: "empty_note" | "instant_without_offset" | "invalid_instant" | "invalid_parameter" | "invalid_snooze" | "text_too_long" | "unknown_disposition" | "wrong_shape";
                    };
                };
            };
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
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
    case_undo_v1_cases__case_id__undo_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description case id, or the id of one of its decisions */
                case_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CaseUndo"];
            };
        };
        responses: {
            /** @description The case as it is now; durable. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CaseSummary"];
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
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "not_yours" | "same_person" | "wrong_host";
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
                        code?: "unknown_case";
                    };
                };
            };
            /** @description It is another case by now; with the case as it is. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["CaseConflict"] & {
                        /** @enum {unknown} */
                        code?: "case_changed" | "case_state" | "no_escalation" | "nothing_to_undo" | "undo_too_late";
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
                        code?: "empty_note" | "instant_without_offset" | "invalid_instant" | "invalid_parameter" | "invalid_snooze" | "text_too_long" | "unknown_disposition" | "wrong_shape";
                    };
                };
            };
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
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
    coming_v1_cases_next_get: {
        parameters: {
            query?: {
                queue?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The case, or null. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CaseTaken"];
                };
            };
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
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
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
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
    take_v1_cases_next_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "queue": "review"
                 *     }
                 */
                "application/json": components["schemas"]["CaseNext"];
            };
        };
        responses: {
            /** @description The case, or null where none is free. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CaseTaken"];
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
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
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
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
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
    queues_v1_cases_queues_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Queues, and how a case may end. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CaseQueuePage"];
                };
            };
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
                    };
                };
            };
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
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
    connectors_v1_connectors_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Connectors of the live release, by name. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectorPage"];
                };
            };
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
                    };
                };
            };
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
                    };
                };
            };
        };
    };
    connector_v1_connectors__name__get: {
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
            /** @description The connector. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectorDetail"];
                };
            };
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
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
                        code?: "unknown_connector";
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
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
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
    try_connector_v1_connectors__name__try_post: {
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
                "application/json": components["schemas"]["ConnectorTryRequest"];
            };
        };
        responses: {
            /** @description What would be sent. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectorTry"];
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
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
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
                        code?: "unknown_connector" | "unknown_event_type";
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
                        code?: "empty_identifier" | "impossible_time" | "instant_without_offset" | "invalid_decimal" | "invalid_event_id" | "invalid_identifier" | "invalid_instant" | "invalid_parameter" | "lone_surrogate" | "not_finite" | "nul_in_text" | "out_of_bounds" | "out_of_range" | "required" | "self_supersedes" | "text_too_long" | "too_precise" | "unknown_field" | "unknown_parameter" | "value_not_allowed" | "wrong_shape" | "wrong_type";
                    };
                };
            };
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
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
    listed_v1_datasets_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The newest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DatasetPage"];
                };
            };
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
                    };
                };
            };
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
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
                        code?: "no_trainings";
                    };
                };
            };
        };
    };
    one_v1_datasets__dataset__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                dataset: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The set. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DatasetShown"];
                };
            };
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
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
                        code?: "unknown_dataset";
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
                        code?: "ambiguous" | "invalid_parameter";
                    };
                };
            };
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
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
                        code?: "no_trainings";
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
                /** @description pseudonym of anybody in it */
                entity?: string | null;
                form?: "full" | "short";
                limit?: number;
                outcome?: ("approve" | "review" | "decline") | null;
                policy?: string | null;
                /** @description code */
                reason?: string | null;
                /** @description decided then or later, RFC 3339 */
                since?: string | null;
                /** @description decided before, RFC 3339 */
                until?: string | null;
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
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
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
                        code?: "instant_without_offset" | "invalid_instant" | "invalid_parameter";
                    };
                };
            };
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
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
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
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
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
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
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
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
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
                    };
                };
            };
        };
    };
    counterfactual_v1_decisions__decision_id__counterfactual_get: {
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
            /** @description What was found, or that nothing was. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CounterfactualPage"];
                };
            };
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
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
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
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
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
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
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
                    };
                };
            };
        };
    };
    letter_v1_decisions__decision_id__letter_get: {
        parameters: {
            query?: {
                /** @description of the letter */
                language?: "en" | "zh-CN";
            };
            header?: never;
            path: {
                /** @description decision id, or the id of its event */
                decision_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The letter, as blocks, HTML and plain text, and the reasons in it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WrittenDecision"];
                };
            };
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
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
                        code?: "no_letter" | "unknown_decision";
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
                        code?: "nothing_adverse" | "person_erased";
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
                        code?: "invalid_parameter" | "letter_lacks_topic";
                    };
                };
            };
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
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
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
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
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
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
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
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
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
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
    effect_v1_effect_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EffectRequest"];
            };
        };
        responses: {
            /** @description The effect. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Effect"];
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
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
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
                        code?: "no_policy" | "unknown_artefact";
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
                        code?: "effect_ended";
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
                        code?: "body_too_large" | "too_deep" | "too_large";
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
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
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
    cancel_v1_effect_delete: {
        parameters: {
            query?: {
                /** @description whose question it is */
                session?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is ended. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EffectCancelled"];
                };
            };
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
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
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
                    };
                };
            };
        };
    };
    report_v1_effect_report_get: {
        parameters: {
            query?: {
                /** @description RFC 3339; its day (UTC) is the first after */
                around?: string | null;
                /** @description on each side */
                days?: number;
                /** @description a release, or the beginning of its digest */
                now_release?: string | null;
                /** @description a release, or the beginning of its digest */
                then_release?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The report. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EffectReportDocument"];
                };
            };
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
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
            /** @description The document is JSON and cannot be taken. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "instant_without_offset" | "invalid_comparison" | "invalid_instant" | "invalid_parameter" | "invalid_range";
                    };
                };
            };
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
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
                        code?: "lake_changed" | "no_lake" | "no_release" | "query_timeout";
                    };
                };
            };
        };
    };
    progress_v1_effect_progress_get: {
        parameters: {
            query?: {
                /** @description whose question it is */
                session?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description How far it is; idle where nothing is asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EffectProgress"];
                };
            };
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
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
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
                    };
                };
            };
        };
    };
    kinds_v1_entities_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Kinds, each with the event types that name one. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EntityKindPage"];
                };
            };
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
                    };
                };
            };
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
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
                /** @description place of the journal; all that is known when left out */
                known_to?: number | null;
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
            /** @description Every feature that is keyed by this kind of entity alone; now, also what surrounds it in the graphs. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EntityFeatures"];
                };
            };
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
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
            /** @description Over a limit. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "too_many_events";
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
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
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
                        code?: "lake_changed" | "no_release" | "query_timeout";
                    };
                };
            };
        };
    };
    portrait_v1_entities__kind___identifier__portrait_get: {
        parameters: {
            query?: never;
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
            /** @description The portrait. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EntityPortrait"];
                };
            };
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
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
                        code?: "empty_identifier" | "invalid_identifier" | "invalid_parameter";
                    };
                };
            };
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
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
                        code?: "lake_changed" | "no_lake" | "no_release" | "query_timeout";
                    };
                };
            };
        };
    };
    timeline_v1_entities__kind___identifier__timeline_get: {
        parameters: {
            query?: {
                /** @description next_before of the page before */
                before?: string | null;
                limit?: number;
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
            /** @description What happened last comes first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EntityTimeline"];
                };
            };
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
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
                        code?: "empty_identifier" | "invalid_cursor" | "invalid_identifier" | "invalid_parameter";
                    };
                };
            };
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
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
                        code?: "lake_changed" | "no_lake" | "no_release" | "query_timeout";
                    };
                };
            };
        };
    };
    event_types_v1_event_types_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Event types, by name. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventTypePage"];
                };
            };
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
                    };
                };
            };
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
                    };
                };
            };
        };
    };
    event_type_v1_event_types__name__get: {
        parameters: {
            query?: {
                /** @description the live one, or the newest, when left out */
                version?: string | null;
            };
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The event type. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventTypeDetail"];
                };
            };
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
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
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
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
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
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
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
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
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
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
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
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
    listed_v1_experiments_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Those that run first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExperimentPage"];
                };
            };
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
                    };
                };
            };
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
                    };
                };
            };
        };
    };
    one_v1_experiments__name__get: {
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
            /** @description The experiment. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExperimentDetail"];
                };
            };
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
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
                        code?: "unknown_experiment";
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
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
                    };
                };
            };
        };
    };
    promotion_v1_experiments__name__promotion_post: {
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
                "application/json": components["schemas"]["ExperimentPromotionRequest"];
            };
        };
        responses: {
            /** @description The drafts. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExperimentPromotion"];
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
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
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
                        code?: "unknown_experiment";
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
                        code?: "challenger_gone" | "not_running";
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
                        code?: "invalid_parameter" | "unknown_arm" | "wrong_shape";
                    };
                };
            };
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
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
    stop_v1_experiments__name__stop_post: {
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
                "application/json": components["schemas"]["ExperimentStop"];
            };
        };
        responses: {
            /** @description Stopped. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExperimentStopped"];
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
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
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
                        code?: "unknown_experiment";
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
                        code?: "already_withdrawn" | "not_running";
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
                        code?: "invalid_parameter" | "missing_field" | "wrong_shape";
                    };
                };
            };
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
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
    plan_v1_experiments_plan_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ExperimentPlanRequest"];
            };
        };
        responses: {
            /** @description The plan. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExperimentPlanned"];
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
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
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
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
                    };
                };
            };
        };
    };
    features_v1_features_get: {
        parameters: {
            query?: {
                entity?: string | null;
                event_type?: string | null;
                /** @description false leaves out how features did, which has to be read first */
                figures?: boolean;
                /** @description a policy, model or view */
                read_by?: string | null;
                /** @description words of name, set or meaning */
                search?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Features, by name. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FeaturePage"];
                };
            };
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
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
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
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
    feature_v1_features__name__get: {
        parameters: {
            query?: {
                /** @description false leaves out how features did, which has to be read first */
                figures?: boolean;
            };
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The feature. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FeatureDetail"];
                };
            };
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
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
                        code?: "not_found";
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
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
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
    graphs_v1_graphs_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Graphs, by name. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GraphPage"];
                };
            };
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
                    };
                };
            };
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
                    };
                };
            };
        };
    };
    around_v1_graphs__name__around_get: {
        parameters: {
            query: {
                /** @description KIND:VALUE, such as person:9f3c...; the value is the pseudonym, or the real identifier */
                entity: string;
                /** @description nodes at most */
                limit?: number;
                /** @description RFC 3339; links used last at or after it */
                since?: string | null;
                /** @description links from it; two lead to who shares */
                steps?: number;
                /** @description RFC 3339; links used last before it */
                until?: string | null;
            };
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The neighbourhood, by pseudonym. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GraphAround"];
                };
            };
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
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
                        code?: "unknown_entity_kind" | "unknown_graph";
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
                        code?: "empty_identifier" | "instant_without_offset" | "invalid_entity" | "invalid_identifier" | "invalid_instant" | "invalid_parameter";
                    };
                };
            };
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
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
    path_v1_graphs__name__path_get: {
        parameters: {
            query: {
                /** @description KIND:VALUE, such as person:9f3c...; the value is the pseudonym, or the real identifier */
                from: string;
                /** @description RFC 3339; links used last at or after it */
                since?: string | null;
                /** @description KIND:VALUE, such as person:9f3c...; the value is the pseudonym, or the real identifier */
                to: string;
                /** @description RFC 3339; links used last before it */
                until?: string | null;
            };
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The path, by pseudonym. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GraphPath"];
                };
            };
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
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
                        code?: "unknown_entity_kind" | "unknown_graph";
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
                        code?: "empty_identifier" | "instant_without_offset" | "invalid_entity" | "invalid_identifier" | "invalid_instant" | "invalid_parameter";
                    };
                };
            };
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
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
    inventory_v1_inventory_get: {
        parameters: {
            query?: {
                /** @description from going live to the next review */
                review_days?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Models first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InventoryPage"];
                };
            };
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
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
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
                    };
                };
            };
        };
    };
    iterations_v1_iterations_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Every plan that is live or has runs. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IterationPage"];
                };
            };
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
                    };
                };
            };
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
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
                        code?: "no_iterations";
                    };
                };
            };
        };
    };
    runs_v1_iterations__name__runs_get: {
        parameters: {
            query?: {
                /** @description how many, the newest */
                last?: number;
            };
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The days; the chain of their digests was proved. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunPage"];
                };
            };
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
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
                        code?: "unknown_plan";
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
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
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
                        code?: "no_iterations";
                    };
                };
            };
        };
    };
    run_v1_iterations__name__runs__day__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                day: string;
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The day. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunDetail"];
                };
            };
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
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
                        code?: "unknown_plan" | "unknown_run";
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
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
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
                        code?: "no_iterations";
                    };
                };
            };
        };
    };
    acceptance_v1_iterations__name__runs__day__acceptance_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                day: string;
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "reason": "The new terminals report gross amounts; checked with acquiring"
                 *     }
                 */
                "application/json": components["schemas"]["AcceptanceRequest"];
            };
        };
        responses: {
            /** @description On record. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AcceptanceGiven"];
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
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "author_is_approver" | "cross_site" | "csrf" | "not_permitted" | "wrong_host";
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
                        code?: "unknown_plan" | "unknown_run";
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
                        code?: "already_accepted" | "champion_changed";
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
                        code?: "invalid_parameter" | "missing_field" | "not_acceptable" | "nothing_refused" | "wrong_shape";
                    };
                };
            };
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
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
                        code?: "commit_failed" | "journal_broken" | "journal_closed" | "journal_full" | "journal_unavailable" | "keys_unavailable" | "no_iterations" | "no_release" | "unavailable";
                    };
                };
            };
        };
    };
    keys_v1_keys_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Keys, newest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeyPage"];
                };
            };
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
                    };
                };
            };
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
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
                        code?: "access_unavailable";
                    };
                };
            };
        };
    };
    make_v1_keys_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["KeyRequest"];
            };
        };
        responses: {
            /** @description Made. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeyMade"];
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
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
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
                        code?: "name_taken" | "too_many_keys";
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
                        code?: "invalid_duration" | "invalid_name" | "invalid_scope" | "key_life" | "wrong_shape";
                    };
                };
            };
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
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
                        code?: "access_unavailable";
                    };
                };
            };
        };
    };
    revoke_v1_keys__name__delete: {
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
            /** @description It opens nothing any more. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeySummary"];
                };
            };
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
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
                        code?: "unknown_key";
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
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
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
                        code?: "access_unavailable";
                    };
                };
            };
        };
    };
    labels_v1_labels_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description By name. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LabelPage"];
                };
            };
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
                    };
                };
            };
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
                    };
                };
            };
        };
    };
    label_v1_labels__name__get: {
        parameters: {
            query?: {
                /** @description received: when we learned of the bads; happened: when they happened */
                by?: "received" | "happened";
                /** @description seconds; what was seen longer ago is looked at anew */
                max_age?: number;
                /** @description of the eventual bads that is to be known */
                share?: number;
            };
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As far as somebody has looked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LabelDetail"];
                };
            };
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
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
                        code?: "unknown_label";
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
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
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
                        code?: "no_monitoring" | "no_release";
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
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
                    };
                };
            };
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
                    };
                };
            };
        };
    };
    bulk_v1_lists__name__bulk_post: {
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
                /**
                 * @example {
                 *       "reason": "Seen in the March ring",
                 *       "source": "me",
                 *       "text": "d-77\nd-78"
                 *     }
                 */
                "application/json": components["schemas"]["ListBulkRequest"];
            };
        };
        responses: {
            /** @description The rows, what they would do, and what was done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListBulk"];
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
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
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
                        code?: "body_too_large" | "too_deep" | "too_many_rows";
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
                        code?: "empty_change" | "empty_identifier" | "expired" | "instant_without_offset" | "invalid_duration" | "invalid_identifier" | "invalid_instant" | "invalid_parameter" | "invalid_pseudonym" | "missing_field" | "no_member" | "no_rows" | "rows_rejected" | "two_expiries" | "unknown_field" | "unknown_list" | "unreadable_text" | "wrong_columns" | "wrong_shape";
                    };
                };
            };
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
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
    changes_v1_lists__name__changes_get: {
        parameters: {
            query?: {
                /** @description next_before of the page before */
                before?: number | null;
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
            /** @description A page of changes. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListChangePage"];
                };
            };
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
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
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
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
    entries_v1_lists__name__entries_get: {
        parameters: {
            query?: {
                /** @description next_after of the page before */
                after?: number;
                limit?: number;
                order?: "oldest" | "newest" | "expiry";
                /** @description in reason, source and author; or how a pseudonym begins */
                search?: string | null;
                state?: "all" | "in_force" | "expiring" | "expired";
            };
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of entries, in the order they were added unless told otherwise; members by pseudonym. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListEntryPage"];
                };
            };
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
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
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
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
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
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
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
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
    member_v1_lists__name__entries__member__get: {
        parameters: {
            query?: never;
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
            /** @description Who put it on, who took it off, when and why. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListMemberDetail"];
                };
            };
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
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
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
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
    remove_v1_lists__name__entries__member__delete: {
        parameters: {
            query: {
                by?: string | null;
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
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
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
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
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
    lookup_v1_lists__name__lookup_post: {
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
                "application/json": components["schemas"]["ListLookup"];
            };
        };
        responses: {
            /** @description The entry, and what happened before. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListMemberDetail"];
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
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
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
                        code?: "empty_identifier" | "invalid_identifier" | "invalid_parameter" | "wrong_shape";
                    };
                };
            };
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
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
    preview_v1_lists__name__preview_post: {
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
                "application/json": components["schemas"]["ListPreviewRequest"];
            };
        };
        responses: {
            /** @description What it would do. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListPreview"];
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
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
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
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
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
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
                    };
                };
            };
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
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
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
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
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
                    };
                };
            };
        };
    };
    series_v1_metrics__name__series_get: {
        parameters: {
            query?: {
                /** @description a dimension of the metric */
                by?: string | null;
                /** @description RFC 3339 */
                from?: string | null;
                grain?: ("minute" | "hour" | "day" | "week" | "month" | "quarter" | "year") | null;
                /** @description the last so many hours or days, or all; compared with the same stretch before */
                range?: string;
                /** @description RFC 3339 */
                to?: string | null;
            };
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The metric over time. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MetricSeries"];
                };
            };
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
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
                        code?: "instant_without_offset" | "invalid_instant" | "invalid_parameter" | "invalid_range" | "personal_dimension" | "unknown_column" | "unknown_dimension";
                    };
                };
            };
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
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
                        code?: "lake_changed" | "no_lake" | "no_release" | "query_timeout";
                    };
                };
            };
        };
    };
    models_v1_models_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Models, by name. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ModelPage"];
                };
            };
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
                    };
                };
            };
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
                    };
                };
            };
        };
    };
    model_v1_models__name__get: {
        parameters: {
            query?: {
                /** @description the live one, or the newest, when left out */
                version?: string | null;
            };
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The model. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ModelDetail"];
                };
            };
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
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
                        code?: "invalid_model" | "invalid_parameter";
                    };
                };
            };
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
                    };
                };
            };
        };
    };
    comparison_v1_models__name__comparison_get: {
        parameters: {
            query: {
                first: string;
                second: string;
            };
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Both, and what differs. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ModelComparison"];
                };
            };
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
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
                        code?: "invalid_model" | "invalid_parameter";
                    };
                };
            };
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
                    };
                };
            };
        };
    };
    neighbours_v1_models__name__neighbours_post: {
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
                "application/json": components["schemas"]["ModelNeighboursRequest"];
            };
        };
        responses: {
            /** @description The neighbours, by pseudonym. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ModelNeighbours"];
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
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
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
                        code?: "unknown_event_type" | "unknown_network";
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
                        code?: "empty_identifier" | "impossible_time" | "instant_without_offset" | "invalid_decimal" | "invalid_event_id" | "invalid_identifier" | "invalid_instant" | "invalid_parameter" | "lone_surrogate" | "not_finite" | "nul_in_text" | "out_of_bounds" | "out_of_range" | "required" | "self_supersedes" | "text_too_long" | "too_precise" | "unknown_field" | "unknown_parameter" | "value_not_allowed" | "wrong_shape" | "wrong_type";
                    };
                };
            };
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
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
    performance_v1_models__name__performance_get: {
        parameters: {
            query?: {
                /** @description decisions looked through */
                look_back?: number;
                /** @description the live one, or the newest, when left out */
                version?: string | null;
            };
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The figures. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ModelPerformance"];
                };
            };
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
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
                        code?: "invalid_model" | "invalid_parameter";
                    };
                };
            };
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
                    };
                };
            };
        };
    };
    monitoring_v1_monitoring__model__get: {
        parameters: {
            query?: {
                /** @description month, release, or a field that names a segment */
                by?: string | null;
                /** @description event time, RFC 3339; within */
                from?: string | null;
                /** @description seconds; what was seen longer ago is looked at anew */
                max_age?: number;
                /** @description event time, RFC 3339; no more within */
                until?: string | null;
            };
            header?: never;
            path: {
                model: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As far as somebody has looked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ModelMonitoring"];
                };
            };
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
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
                        code?: "unknown_model";
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
                        code?: "invalid_instant" | "invalid_parameter" | "invalid_range";
                    };
                };
            };
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
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
                        code?: "no_monitoring" | "no_release";
                    };
                };
            };
        };
    };
    tiles_v1_overview_get: {
        parameters: {
            query?: {
                /** @description the last so many hours or days, or all; compared with the same stretch before */
                range?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Tiles. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OverviewPage"];
                };
            };
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
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
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
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
                        code?: "lake_changed" | "no_lake" | "no_release" | "query_timeout";
                    };
                };
            };
        };
    };
    changes_v1_overview_changes_get: {
        parameters: {
            query?: {
                /** @description the last so many hours or days */
                range?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Changes. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OverviewChanges"];
                };
            };
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
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
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
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
                        code?: "lake_changed" | "no_lake" | "no_release" | "query_timeout";
                    };
                };
            };
        };
    };
    people_v1_people_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description People, by name. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PersonPage"];
                };
            };
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
                    };
                };
            };
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
                    };
                };
            };
        };
    };
    add_v1_people_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PersonRequest"];
            };
        };
        responses: {
            /** @description Added. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LinkMade"];
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
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
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
                        code?: "name_taken" | "too_many_people";
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
                        code?: "invalid_display_name" | "invalid_name" | "no_role" | "wrong_shape";
                    };
                };
            };
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
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
                        code?: "access_unavailable";
                    };
                };
            };
        };
    };
    change_v1_people__name__patch: {
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
                "application/json": components["schemas"]["PersonChange"];
            };
        };
        responses: {
            /** @description As they are now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PersonSummary"];
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
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
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
                        code?: "unknown_person";
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
                        code?: "last_admin";
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
                        code?: "invalid_display_name" | "invalid_parameter" | "no_role" | "wrong_shape";
                    };
                };
            };
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
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
                        code?: "access_unavailable";
                    };
                };
            };
        };
    };
    reset_v1_people__name__link_post: {
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
            /** @description The link, told this once. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LinkMade"];
                };
            };
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
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
                        code?: "unknown_person";
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
                        code?: "person_disabled";
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
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
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
                        code?: "access_unavailable";
                    };
                };
            };
        };
    };
    propagation_v1_propagation_get: {
        parameters: {
            query?: {
                limit?: number;
                /** @description only changes by this journal record */
                seq?: number | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Newest changes first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Propagation"];
                };
            };
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
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
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
                    };
                };
            };
        };
    };
    confirm_v1_propagation_confirmations_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConfirmRequest"];
            };
        };
        responses: {
            /** @description Written down. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Confirmed"];
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
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
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
                        code?: "unknown_connection";
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
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
                    };
                };
            };
        };
    };
    ready_v1_ready_features_get: {
        parameters: {
            query?: {
                entity?: string | null;
                event_type?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Sets, by template. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReadyPage"];
                };
            };
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
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
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
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
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
                    };
                };
            };
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
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
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "declined" | "not_permitted" | "not_reviewed" | "wrong_host";
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
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
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
    release_v1_releases__release__get: {
        parameters: {
            query?: {
                /** @description compare with this release, not with the one before */
                against?: string | null;
            };
            header?: never;
            path: {
                release: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The release. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReleaseDetail"];
                };
            };
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
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
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
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
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
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
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
                    };
                };
            };
        };
    };
    preview_v1_releases_preview_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReleasePreviewRequest"];
            };
        };
        responses: {
            /** @description What it would change. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReleasePreviewed"];
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
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
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
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
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
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
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
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
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
    queue_v1_reviews_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The newest versions that are not live, each against the live one. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReviewQueue"];
                };
            };
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
                    };
                };
            };
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
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
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "author_is_approver" | "cross_site" | "csrf" | "not_permitted" | "wrong_host";
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
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
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
    decline_v1_reviews_declined_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DeclineRequest"];
            };
        };
        responses: {
            /** @description Sent back. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SentBack"];
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
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
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
                        code?: "was_live";
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
                        code?: "missing_field" | "wrong_shape";
                    };
                };
            };
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
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
    rings_v1_rings_get: {
        parameters: {
            query?: {
                /** @description next_after of the page before */
                after?: number;
                finder?: string | null;
                limit?: number;
                order?: "score" | "size" | "newest" | "loss";
                /** @description members at least */
                smallest?: number;
                state?: "living" | "open" | "listed" | "dismissed" | "ended" | "all";
                text?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of rings. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RingPage"];
                };
            };
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
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
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
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
                        code?: "commit_failed" | "journal_broken" | "journal_closed" | "journal_full" | "journal_unavailable" | "keys_unavailable" | "lake_behind" | "lake_changed" | "no_release" | "query_memory" | "query_timeout" | "rings_off" | "unavailable";
                    };
                };
            };
        };
    };
    ring_v1_rings__ring_id__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                ring_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The ring. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RingDetail"];
                };
            };
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
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
                        code?: "unknown_ring";
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
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
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
                        code?: "commit_failed" | "journal_broken" | "journal_closed" | "journal_full" | "journal_unavailable" | "keys_unavailable" | "lake_behind" | "lake_changed" | "no_release" | "query_memory" | "query_timeout" | "rings_off" | "unavailable";
                    };
                };
            };
        };
    };
    case_v1_rings__ring_id__case_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                ring_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {} */
                "application/json": components["schemas"]["RingCaseRequest"];
            };
        };
        responses: {
            /** @description The case. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RingCase"];
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
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
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
                        code?: "unknown_ring";
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
                        code?: "nothing_decided" | "ring_gone";
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
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
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
                        code?: "cases_off" | "commit_failed" | "journal_broken" | "journal_closed" | "journal_full" | "journal_unavailable" | "keys_unavailable" | "lake_behind" | "lake_changed" | "no_release" | "query_memory" | "query_timeout" | "rings_off" | "unavailable";
                    };
                };
            };
        };
    };
    dismiss_v1_rings__ring_id__dismiss_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                ring_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "reason": "Students of one dormitory"
                 *     }
                 */
                "application/json": components["schemas"]["RingDismiss"];
            };
        };
        responses: {
            /** @description The ring. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RingSummary"];
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
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
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
                        code?: "unknown_ring";
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
                        code?: "ring_state";
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
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
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
                        code?: "commit_failed" | "journal_broken" | "journal_closed" | "journal_full" | "journal_unavailable" | "keys_unavailable" | "lake_behind" | "lake_changed" | "no_release" | "query_memory" | "query_timeout" | "rings_off" | "unavailable";
                    };
                };
            };
        };
    };
    put_v1_rings__ring_id__list_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                ring_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "reason": "Same devices and contacts within a day",
                 *       "seen": "0000000000000000000000000000000000000000000000000000000000000000"
                 *     }
                 */
                "application/json": components["schemas"]["RingListRequest"];
            };
        };
        responses: {
            /** @description What was put on lists; in force for the next event. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RingListed"];
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
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
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
                        code?: "unknown_list" | "unknown_ring";
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
                        code?: "change_id_reused" | "radius_changed" | "ring_gone";
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
                        code?: "invalid_duration" | "invalid_parameter" | "nothing_to_list" | "wrong_shape";
                    };
                };
            };
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
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
                        code?: "commit_failed" | "journal_broken" | "journal_closed" | "journal_full" | "journal_unavailable" | "keys_unavailable" | "lake_behind" | "lake_changed" | "no_release" | "query_memory" | "query_timeout" | "rings_off" | "unavailable";
                    };
                };
            };
        };
    };
    radius_v1_rings__ring_id__radius_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                ring_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "steps": 1
                 *     }
                 */
                "application/json": components["schemas"]["RingRadiusRequest"];
            };
        };
        responses: {
            /** @description Who would be hit. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RingRadius"];
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
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
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
                        code?: "unknown_ring";
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
                        code?: "ring_gone";
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
                        code?: "invalid_duration" | "invalid_parameter" | "wrong_shape";
                    };
                };
            };
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
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
                        code?: "commit_failed" | "journal_broken" | "journal_closed" | "journal_full" | "journal_unavailable" | "keys_unavailable" | "lake_behind" | "lake_changed" | "no_release" | "query_memory" | "query_timeout" | "rings_off" | "unavailable";
                    };
                };
            };
        };
    };
    undo_v1_rings__ring_id__undo_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                ring_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RingUndo"];
            };
        };
        responses: {
            /** @description What was taken off. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RingUndone"];
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
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
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
                        code?: "unknown_action" | "unknown_list" | "unknown_ring";
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
                        code?: "already_undone" | "change_id_reused";
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
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
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
                        code?: "commit_failed" | "journal_broken" | "journal_closed" | "journal_full" | "journal_unavailable" | "keys_unavailable" | "lake_behind" | "lake_changed" | "no_release" | "query_memory" | "query_timeout" | "rings_off" | "unavailable";
                    };
                };
            };
        };
    };
    refresh_v1_rings_refresh_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {} */
                "application/json": components["schemas"]["RingRefreshRequest"];
            };
        };
        responses: {
            /** @description What looking found. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RingRefresh"];
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
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
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
                        code?: "unknown_finder";
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
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
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
                        code?: "commit_failed" | "journal_broken" | "journal_closed" | "journal_full" | "journal_unavailable" | "keys_unavailable" | "lake_behind" | "lake_changed" | "no_release" | "query_memory" | "query_timeout" | "rings_off" | "unavailable";
                    };
                };
            };
        };
    };
    session_v1_session_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Somebody known. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionAnswer"];
                };
            };
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
                    };
                };
            };
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
                    };
                };
            };
        };
    };
    sign_in_v1_session_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignInRequest"];
            };
        };
        responses: {
            /** @description Signed in; the cookie is set. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionAnswer"];
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
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired" | "wrong_credentials";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
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
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited" | "too_many_attempts";
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
                        code?: "access_unavailable" | "sign_in_busy";
                    };
                };
            };
        };
    };
    sign_out_v1_session_delete: {
        parameters: {
            query?: {
                /** @description end all sessions of this person */
                everywhere?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Signed out. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignedOut"];
                };
            };
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
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
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
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
                        code?: "access_unavailable";
                    };
                };
            };
        };
    };
    password_v1_session_password_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasswordRequest"];
            };
        };
        responses: {
            /** @description Changed. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionAnswer"];
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
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired" | "wrong_credentials";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
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
                        code?: "unknown_person";
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
                        code?: "password_not_text" | "password_too_common" | "password_too_long" | "password_too_short" | "wrong_shape";
                    };
                };
            };
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited" | "too_many_attempts";
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
                        code?: "access_unavailable" | "sign_in_busy";
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
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
                    };
                };
            };
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
                    };
                };
            };
        };
    };
    stream: {
        parameters: {
            query?: {
                /** @description as the header Last-Event-ID, for those who cannot set one */
                after?: string;
                /** @description leave the decisions out */
                only?: "changes";
            };
            header?: {
                /** @description the last id that was heard: what came after it is sent first */
                "Last-Event-ID"?: string;
            };
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
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
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
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
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
    columns_v1_studio_columns_get: {
        parameters: {
            query: {
                event_type: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Columns, functions, lists, models, reasons and actions. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StudioNames"];
                };
            };
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
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
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
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
    expression_v1_studio_expression_check_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ExpressionCheckRequest"];
            };
        };
        responses: {
            /** @description What it is and does. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExpressionCheck"];
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
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
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
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
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
    policies_v1_studio_policies_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Policies, by name. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StudioPolicyPage"];
                };
            };
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
                    };
                };
            };
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
                    };
                };
            };
        };
    };
    policy_v1_studio_policies__name__get: {
        parameters: {
            query?: {
                /** @description the version to show */
                digest?: string | null;
            };
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The policy; unless another version is asked for, the newest is shown that was not taken out of force. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StudioPolicy"];
                };
            };
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
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
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
                    };
                };
            };
        };
    };
    check_v1_studio_policy_check_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DraftCheckRequest"];
            };
        };
        responses: {
            /** @description What can be said of it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DraftCheck"];
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
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
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
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
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
    compare_v1_studio_policy_diff_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PolicyDiffRequest"];
            };
        };
        responses: {
            /** @description The differences. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyDiff"];
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
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
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
                        code?: "body_too_large" | "too_deep" | "too_large";
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
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
                    };
                };
            };
        };
    };
    text_v1_studio_policy_text_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PolicyTextRequest"];
            };
        };
        responses: {
            /** @description Both forms. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyText"];
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
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
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
                        code?: "body_too_large" | "too_deep" | "too_large";
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
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
                    };
                };
            };
        };
    };
    look_v1_training_looks_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LookRequest"];
            };
        };
        responses: {
            /** @description It is being looked at; ask for it by its id. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LookShown"];
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
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
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
                        code?: "unknown_dataset" | "unknown_upload";
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
                        code?: "look_running" | "upload_unfinished";
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
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
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
                        code?: "no_trainings";
                    };
                };
            };
        };
    };
    seen_v1_training_looks__look_id__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                look_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The look. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LookShown"];
                };
            };
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
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
                        code?: "unknown_look_run";
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
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
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
                        code?: "no_trainings";
                    };
                };
            };
        };
    };
    end_v1_training_looks__look_id__delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                look_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As it stands now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LookShown"];
                };
            };
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
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
                        code?: "unknown_look_run";
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
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
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
                        code?: "no_trainings";
                    };
                };
            };
        };
    };
    limits_v1_training_uploads_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The limits. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TrainingLimits"];
                };
            };
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
                    };
                };
            };
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
                    };
                };
            };
        };
    };
    announce_v1_training_uploads_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UploadRequest"];
            };
        };
        responses: {
            /** @description Send its pieces. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UploadShown"];
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
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
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
                        code?: "body_too_large" | "file_too_large" | "too_deep";
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
                        code?: "empty_file" | "unknown_file_kind" | "wrong_shape";
                    };
                };
            };
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
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
                        code?: "no_trainings";
                    };
                };
            };
        };
    };
    uploaded_v1_training_uploads__upload_id__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                upload_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UploadShown"];
                };
            };
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
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
                        code?: "unknown_dataset" | "unknown_upload";
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
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
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
                        code?: "no_trainings";
                    };
                };
            };
        };
    };
    remove_v1_training_uploads__upload_id__delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                upload_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is gone. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UploadShown"];
                };
            };
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
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
                        code?: "unknown_dataset" | "unknown_upload";
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
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
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
                        code?: "no_trainings";
                    };
                };
            };
        };
    };
    piece_v1_training_uploads__upload_id__pieces_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                upload_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UploadPiece"];
            };
        };
        responses: {
            /** @description How much is there. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UploadShown"];
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
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
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
                        code?: "unknown_dataset" | "unknown_upload";
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
                        code?: "piece_missing";
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
                        code?: "body_too_large" | "file_too_large" | "piece_too_large" | "too_deep";
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
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
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
                        code?: "no_trainings";
                    };
                };
            };
        };
    };
    listed_v1_trainings_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The newest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TrainingRunPage"];
                };
            };
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
                    };
                };
            };
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
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
                        code?: "no_trainings";
                    };
                };
            };
        };
    };
    begin_v1_trainings_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TrainingRequest"];
            };
        };
        responses: {
            /** @description It runs. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TrainingRunShown"];
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
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
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
                        code?: "unknown_dataset" | "unknown_upload";
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
                        code?: "training_running" | "upload_unfinished";
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
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
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
                        code?: "no_trainings";
                    };
                };
            };
        };
    };
    one_v1_trainings__training_id__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                training_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The training. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TrainingRunDetail"];
                };
            };
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
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
                        code?: "unknown_training_run";
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
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
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
                        code?: "no_trainings";
                    };
                };
            };
        };
    };
    cancel_v1_trainings__training_id__delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                training_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As it stands now; one that is over stays as it is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TrainingRunShown"];
                };
            };
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
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
                        code?: "unknown_training_run";
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
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
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
                        code?: "no_trainings";
                    };
                };
            };
        };
    };
    draft_v1_trainings__training_id__draft_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                training_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TrainingDraftRequest"];
            };
        };
        responses: {
            /** @description The draft. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TrainingDrafted"];
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
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
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
                        code?: "unknown_dataset" | "unknown_family" | "unknown_training_run";
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
                        code?: "features_differ" | "no_report";
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
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
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
                        code?: "commit_failed" | "journal_broken" | "journal_closed" | "journal_full" | "journal_unavailable" | "keys_unavailable" | "no_release" | "no_trainings" | "unavailable";
                    };
                };
            };
        };
    };
    report_v1_trainings__training_id__report_get: {
        parameters: {
            query?: {
                /** @description the one that is shown first */
                language?: "en" | "zh-CN";
            };
            header?: never;
            path: {
                training_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description HTML without scripts, in both languages. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                    "text/html": string;
                };
            };
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
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
                        code?: "unknown_training_run";
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
                        code?: "no_report";
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
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
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
                        code?: "no_trainings";
                    };
                };
            };
        };
    };
    all_webhooks_v1_webhooks_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Webhooks. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookPage"];
                };
            };
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
                    };
                };
            };
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
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
                        code?: "outbox_unavailable" | "webhooks_off";
                    };
                };
            };
        };
    };
    create_v1_webhooks_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "kinds": [
                 *         "decision.made"
                 *       ],
                 *       "outcomes": [
                 *         "review",
                 *         "decline"
                 *       ],
                 *       "url": "https://partner.example/hooks"
                 *     }
                 */
                "application/json": components["schemas"]["WebhookRequest"];
            };
        };
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookWithSecret"];
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
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
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
                        code?: "body_too_large" | "too_deep" | "too_many_webhooks";
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
                        code?: "address_not_allowed" | "insecure_url" | "invalid_parameter" | "invalid_url" | "wrong_shape";
                    };
                };
            };
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
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
                        code?: "outbox_unavailable" | "webhooks_off";
                    };
                };
            };
        };
    };
    one_webhook_v1_webhooks__webhook_id__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                webhook_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The webhook. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookSummary"];
                };
            };
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
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
                        code?: "unknown_webhook";
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
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
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
                        code?: "outbox_unavailable" | "webhooks_off";
                    };
                };
            };
        };
    };
    delete_v1_webhooks__webhook_id__delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                webhook_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Forgotten. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookDeleted"];
                };
            };
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
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
                        code?: "unknown_webhook";
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
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
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
                        code?: "outbox_unavailable" | "webhooks_off";
                    };
                };
            };
        };
    };
    change_v1_webhooks__webhook_id__patch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                webhook_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "enabled": false
                 *     }
                 */
                "application/json": components["schemas"]["WebhookChangeRequest"];
            };
        };
        responses: {
            /** @description The webhook as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookSummary"];
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
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
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
                        code?: "unknown_webhook";
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
                        code?: "address_not_allowed" | "insecure_url" | "invalid_parameter" | "invalid_url" | "wrong_shape";
                    };
                };
            };
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
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
                        code?: "outbox_unavailable" | "webhooks_off";
                    };
                };
            };
        };
    };
    deliveries_v1_webhooks__webhook_id__deliveries_get: {
        parameters: {
            query?: {
                /** @description next_before of the page before */
                before?: number | null;
                kind?: string | null;
                limit?: number;
                state?: ("waiting" | "delivered" | "dead" | "failed") | null;
            };
            header?: never;
            path: {
                webhook_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of messages. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveryPage"];
                };
            };
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
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
                        code?: "unknown_webhook";
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
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
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
                        code?: "outbox_unavailable" | "webhooks_off";
                    };
                };
            };
        };
    };
    delivery_v1_webhooks__webhook_id__deliveries__delivery_id__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                delivery_id: string;
                webhook_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The message. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveryDetail"];
                };
            };
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
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
                        code?: "unknown_delivery" | "unknown_webhook";
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
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
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
                        code?: "outbox_unavailable" | "webhooks_off";
                    };
                };
            };
        };
    };
    again_v1_webhooks__webhook_id__deliveries__delivery_id__attempts_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                delivery_id: string;
                webhook_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What came of it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveryDetail"];
                };
            };
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
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
                        code?: "unknown_delivery" | "unknown_webhook";
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
                        code?: "still_waiting";
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
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
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
                        code?: "outbox_unavailable" | "webhooks_off";
                    };
                };
            };
        };
    };
    rotate_v1_webhooks__webhook_id__secret_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                webhook_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The new secret, shown this once. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookWithSecret"];
                };
            };
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
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
                        code?: "unknown_webhook";
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
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
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
                        code?: "outbox_unavailable" | "webhooks_off";
                    };
                };
            };
        };
    };
    test_v1_webhooks__webhook_id__test_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                webhook_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What came of it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveryDetail"];
                };
            };
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
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
                        code?: "unknown_webhook";
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
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
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
                        code?: "outbox_unavailable" | "webhooks_off";
                    };
                };
            };
        };
    };
    before_v1_welcome_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What a page must know before anybody is signed in. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WelcomeAnswer"];
                };
            };
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
                    };
                };
            };
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
                    };
                };
            };
        };
    };
    welcome_v1_welcome_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WelcomeRequest"];
            };
        };
        responses: {
            /** @description Signed in. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionAnswer"];
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
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "invalid_link" | "key_expired" | "not_signed_in" | "session_expired" | "wrong_credentials";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
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
                        code?: "invalid_display_name" | "invalid_name" | "password_not_text" | "password_too_common" | "password_too_long" | "password_too_short" | "wrong_shape";
                    };
                };
            };
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited" | "too_many_attempts";
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
                        code?: "access_unavailable" | "sign_in_busy";
                    };
                };
            };
        };
    };
    link_v1_welcome_link_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LinkRequest"];
            };
        };
        responses: {
            /** @description The link is good. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LinkAnswer"];
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
            /** @description Who asks is not known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_key" | "invalid_link" | "key_expired" | "not_signed_in" | "session_expired";
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
                        code?: "cross_site" | "csrf" | "not_permitted" | "wrong_host";
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
            /** @description This caller asks too often; Retry-After says when. */
            429: {
                headers: {
                    /** @description seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
                    };
                };
            };
        };
    };
}
