package org.parley.tests.ladder.app;

/** Each rung stands on those before it, and the first that breaks tells what is wrong. */
public enum Rung {
    ADAPTER_IS_DEPLOYED(Calls::adapterIsDeployed),
    FACTORIES_ARE_FOUND(Calls::factoriesAreFound),
    SEND_AND_RECEIVE_COMMIT(Calls::sendAndReceiveCommit),
    SEND_AND_RECEIVE_ROLL_BACK(Calls::sendAndReceiveRollBack),
    TABLE_AND_MESSAGE_OF_ONE_METHOD_SHARE_THEIR_FATE(Calls::tableAndMessageShareTheirFate),
    HANDLE_STAYS_BOUND_TO_ITS_CONVERSATION(Calls::handleStaysBoundToItsConversation),
    TWO_RESOURCES_COMMIT_IN_TWO_PHASES(TwoResources::commit),
    TWO_RESOURCES_ROLL_BACK_TOGETHER(TwoResources::rollBack),
    TWO_IDENTITIES_SHARE_A_POOL_AND_NO_RIGHTS(Identities::shareAPoolAndNoRights),
    TWO_IDENTITIES_SHARE_A_TRANSACTION_AND_NO_RIGHTS(Identities::shareATransactionAndNoRights),
    WHO_CANNOT_PROVE_AN_IDENTITY_IS_REFUSED(Identities::whoCannotProveItIsRefused),
    BEAN_ANSWERS(Deliveries::beanAnswers),
    TABLE_RECEIVE_AND_ANSWER_ARE_ONE_BRANCH_IN_ONE_PHASE(Deliveries::tableReceiveAndAnswerAreOneBranch),
    MESSAGE_OF_A_THROWING_BEAN_COMES_AGAIN_IN_ITS_PLACE(Deliveries::uncheckedExceptionRollsBack),
    CHECKED_EXCEPTION_ROLLS_BACK_TOO(Deliveries::checkedExceptionRollsBack),
    BATCHES_ARE_TAKEN_WHOLE(Deliveries::batchesAreTakenWhole),
    TIMERS_ERRORS_AND_ENDS_REACH_THEIR_METHODS(Deliveries::timersErrorsAndEndsReachTheirMethods),
    WITHOUT_TRANSACTION_THE_MESSAGE_GOES_WHEN_THE_METHOD_HAS_RETURNED(Deliveries::withoutTransaction),
    EIGHT_READERS_KEEP_THE_ORDER_OF_TWO_HUNDRED_DIALOGS(Order::ofTwoHundredDialogs),
    MESSAGE_REACHES_AN_IDLE_SERVERS_BEAN_IN_LESS_THAN_FIVE_MILLISECONDS(Latency::ofAnIdleServer);

    private final Step step;

    private interface Step {
        void on(Ladder ladder) throws Exception;
    }

    Rung(Step step) {
        this.step = step;
    }

    void climb(Ladder ladder) throws Exception {
        step.on(ladder);
    }
}
