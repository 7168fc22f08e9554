"""Which ballot paper belongs to which method."""

from collections.abc import Mapping
from types import MappingProxyType

from congress.voting.methods.agree_disagree import AgreeDisagree
from congress.voting.methods.form import Form
from congress.voting.methods.plurality import Approval, KOfN, Plurality
from congress.voting.methods.ranked import Ranked
from congress.voting.methods.strike_out import StrikeOut
from congress.voting.methods.yes_no_abstain import YesNoAbstain
from congress.voting.model import Method

FORMS: Mapping[Method, Form] = MappingProxyType(
    {
        Method.YES_NO_ABSTAIN: YesNoAbstain(),
        Method.STRIKE_OUT: StrikeOut(),
        Method.AGREE_DISAGREE: AgreeDisagree(),
        Method.PLURALITY: Plurality(),
        Method.K_OF_N: KOfN(),
        Method.APPROVAL: Approval(),
        Method.SCOTTISH_STV: Ranked(),
        Method.MEEK_STV: Ranked(),
    }
)
