// Social assistance in Hongqiao 2026.11.0. Written by hongqiao-rules export javascript; do not edit.
const SHARED=[["business","pension","property","residents_basic_pension","transfer","wages"],["junior_secondary","primary","senior_secondary","undergraduate","vocational"],["intellectual","mental","physical","visual"],["bone_marrow_transplant","gaucher_disease","heart_transplant","kidney_transplant","leukemia","liver_transplant","lung_transplant","uremia"],["aplastic_anemia","heart_valve_replacement","hemiplegia","hemophilia","lupus_erythematosus","malignant_tumor","mdr_tuberculosis"],["business","pension","property","transfer","wages"],["aids","alzheimers_disease","ankylosing_spondylitis","cerebral_hemorrhage_sequelae","cerebral_infarction","cirrhosis","epilepsy","hyperthyroidism","myasthenia_gravis","nephrotic_syndrome","sclerosis","stromal_tumor","type_1_diabetes","vascular_bypass","vascular_stent"],["hearing","speech"],["intellectual","mental"],["de_facto_unsupported","scattered_orphan"],["deduction-unit","disease-and-disability"]];
const CATALOGUES={"en":{"fault.BAD_AMOUNT":"{value} is not an amount from {least} to {most}: write a whole number, or text such as \"2700.50\" with nothing else in it.","fault.BAD_ASSESSMENT_DATE":"{value} is not an assessment date; give a date, such as 2019-05-01 (in Python: date(2019, 5, 1)).","fault.BAD_DATE":"{value} is not a date; write it as YYYY-MM-DD.","fault.BAD_GRADE":"{value} is not a grade; write one of the numbers 1, 2, 3, 4.","fault.BAD_MONEY":"{value} is not an amount: write whole yuan from 0 to 9999999, or text such as \"2700.50\" with nothing else in it.","fault.BAD_NUMBER":"{value} is not a whole number from {least} to {most}.","fault.BAD_TEXT":"This text holds characters that cannot be written as UTF-8.","fault.DUPLICATE_ID":"The id {name} is used by an earlier member.","fault.EMPTY_TEXT":"This text is empty.","fault.MISSING_FIELD":"The field {name} is missing.","fault.MONEY_AS_FLOAT":"An amount is never a decimal number in JSON; write it as text: \"{value}\".","fault.NOT_AN_OBJECT":"Expected a JSON object here, found {found}.","fault.NOT_A_LIST":"Expected a list here, found {found}.","fault.NOT_MODELLED":"{on} is before {start}. {sentence}","fault.NOT_TEXT":"Expected text here, found {found}.","fault.NOT_TRUTH":"Expected true or false here, found {found}.","fault.NULL_VALUE":"null is not a valid value; leave the field out if the fact is not stated.","fault.OVERLAYS_CONFLICT":"The overlays {one} and {other} both replace {rule}; take one of them.","fault.OVERLAY_NOT_IN_FORCE":"The overlay {name} is in force from {start}, not on {on}.","fault.OVERLAY_TWICE":"The overlay {name} is named twice.","fault.PARENT_NOT_A_MEMBER":"{name} is not the id of a member.","fault.PARENT_OF_ITSELF":"A member cannot be their own parent.","fault.TEXT_TOO_LONG":"A text may have no more than {limit} characters.","fault.TOO_DEEP":"A household may be nested no deeper than {limit}.","fault.TOO_FEW":"At least {limit} is needed here.","fault.TOO_MANY":"No more than {limit} are taken here.","fault.UNKNOWN_CHOICE":"The reading {name} has no choice {choice}; its choices are {known}.","fault.UNKNOWN_CODE":"\"{value}\" is not a code of {list}; known are {known}.","fault.UNKNOWN_FIELD":"There is no field {name} here; known are {known}.","fault.UNKNOWN_LANGUAGE":"There is no language {value}; known are {known}.","fault.UNKNOWN_OVERLAY":"There is no overlay {name}; known are {known}.","fault.UNKNOWN_READING":"There is no reading {name}; known are {known}.","fault.UNKNOWN_VALUE":"This fact is \"unknown\"; an assessment needs its value.","found.list":"a list","found.number":"the number {value}","found.object":"an object","found.text":"the text {value}","list.pair":"{before}, {after}","meant":"Did you mean {meant}?","quoted":"\"{text}\"","sentences":"{before} {after}","fault.NO_APPLICANT":"No member is the applicant; exactly one has to be.","fault.APPLICANT_NOT_COUNTED":"The applicant has to be a counted member, so with no absence; let another member apply.","fault.SEVERAL_APPLICANTS":"Another member is the applicant already.","fault.MARITAL_STATUS_NEEDED":"The marital status is needed of the applicant and of whoever is a member's parent, from 18 on.","fault.SPOUSE_OF_UNMARRIED":"There is a spouse, but the applicant is not stated as married.","fault.SEVERAL_SPOUSES":"Another member is the applicant's spouse already.","fault.BORN_LATER":"This date of birth is after the assessment date {on}.","fault.INCOMES_NEEDED":"Incomes are needed of a counted member from the 16th birthday on; an empty list, in a table a 0, says there are none.","fault.PARENT_YOUNGER":"The parent {id} is younger than the child."},"zh":{"fault.BAD_AMOUNT":"{value}不是{least}至{most}之间的金额：请填写整数，或者只有数字的文本，如\"2700.50\"。","fault.BAD_ASSESSMENT_DATE":"{value}不是核算日期；请给出日期，例如2019-05-01（在Python中为date(2019, 5, 1)）。","fault.BAD_DATE":"{value}不是日期；请写成YYYY-MM-DD。","fault.BAD_GRADE":"{value}不是残疾等级；请写数字1、2、3、4之一。","fault.BAD_MONEY":"{value}不是金额：请写0到9999999的整数元，或写成文本，例如\"2700.50\"，不带千位分隔符、货币符号和空格。","fault.BAD_NUMBER":"{value}不是{least}至{most}之间的整数。","fault.BAD_TEXT":"文本含有无法以UTF-8表示的字符。","fault.DUPLICATE_ID":"编号{name}已被前面的成员使用。","fault.EMPTY_TEXT":"此处文本为空。","fault.MISSING_FIELD":"缺少字段{name}。","fault.MONEY_AS_FLOAT":"金额不得写成JSON小数；请写成文本，例如\"{value}\"。","fault.NOT_AN_OBJECT":"此处应为JSON对象，却是{found}。","fault.NOT_A_LIST":"此处应为列表，却是{found}。","fault.NOT_MODELLED":"{on}早于{start}。{sentence}","fault.NOT_TEXT":"此处应为文本，却是{found}。","fault.NOT_TRUTH":"此处应为true或false，却是{found}。","fault.NULL_VALUE":"不接受null；没有填写的字段请不要写出。","fault.OVERLAYS_CONFLICT":"补充方案{one}和{other}都替换了{rule}；请只用其一。","fault.OVERLAY_NOT_IN_FORCE":"补充方案{name}自{start}起施行，{on}不适用。","fault.OVERLAY_TWICE":"补充方案{name}重复。","fault.PARENT_NOT_A_MEMBER":"{name}不是任何成员的编号。","fault.PARENT_OF_ITSELF":"成员不能是自己的父母。","fault.TEXT_TOO_LONG":"文本不得超过{limit}个字符。","fault.TOO_DEEP":"嵌套不得超过{limit}层。","fault.TOO_FEW":"此处至少需要{limit}项。","fault.TOO_MANY":"此处不得超过{limit}项。","fault.UNKNOWN_CHOICE":"政策口径{name}没有选项{choice}；可选的有{known}。","fault.UNKNOWN_CODE":"“{value}”不是{list}的代码；可用的有{known}。","fault.UNKNOWN_FIELD":"此处没有字段{name}；可用的有{known}。","fault.UNKNOWN_LANGUAGE":"没有语言{value}；可用的有{known}。","fault.UNKNOWN_OVERLAY":"没有补充方案{name}；可用的有{known}。","fault.UNKNOWN_READING":"没有政策口径{name}；可用的有{known}。","fault.UNKNOWN_VALUE":"此项填为“unknown”（未知）；核算须知道它的值。","found.list":"列表","found.number":"数字{value}","found.object":"对象","found.text":"文本{value}","list.pair":"{before}、{after}","meant":"是否想写{meant}？","quoted":"“{text}”","sentences":"{before}{after}","fault.NO_APPLICANT":"没有申请人；必须有且只有一名。","fault.APPLICANT_NOT_COUNTED":"申请人必须计入家庭，不得有不在家庭的情形；请由其他成员申请。","fault.SEVERAL_APPLICANTS":"前面已有一名申请人。","fault.MARITAL_STATUS_NEEDED":"申请人和任何成员的父母，年满18周岁的必须填写婚姻状况。","fault.SPOUSE_OF_UNMARRIED":"有配偶，但申请人的婚姻状况不是已婚。","fault.SEVERAL_SPOUSES":"前面已有一名配偶。","fault.BORN_LATER":"出生日期晚于核算日期{on}。","fault.INCOMES_NEEDED":"计入家庭的成员年满16周岁的必须填写收入；没有收入请填空列表（表格中填0）。","fault.PARENT_YOUNGER":"父母{id}的年龄小于子女。"}};
const READINGS={"disease-pairing":["by-list","tiered"],"deduction-unit":["affected-person","household"],"disease-and-disability":["sum","higher"],"student-scope":["both-groups","unsupported-only"],"single-parent-scope":["divorced-only","all-others"],"visit-scope":["special-groups","in-difficulty"],"advanced-age":["from-eighty","every-elder"],"empty-nest":["couples-too","alone-only"],"incapacity":["wholly-only","partly-too"],"difficult-family":["assisted","recognized-too"]};
const OVERLAYS={"tianjin-notice-2020":{"start":20200901,"end":99999999,"complete":false}};
const MODELLED_FROM=20160401;
const NOT_MODELLED={"zh":"2016年4月1日以前的规则没有收录：分类救助的依据文件未能找到，本规则集不作推算。","en":"The rules before 2016-04-01 are not modelled; the document behind classified assistance was not found, and nothing is guessed."};
const VERSION="2026.11.0";
const DIGEST="sha256:140766dbdc228bc1931e7ee55ea16e8112b5f5ef750346620bd84fd76a17c860";
const LISTS={"deductions":"money","benefits":"money","registers":"truth","services":"truth","referrals":"truth"};
const SIZE=104;
const SOURCES={"dibao-procedure-2012":["最低生活保障审核审批办法（试行）","Measures for examining and approving dibao (trial)","copy"],"dibao-procedure-2021":["最低生活保障审核确认办法","Measures for examining and confirming dibao","copy"],"tianjin-counting-2022":["天津市低保共同生活家庭成员的认定（网页）","Who is counted in a Tianjin household (web page)","degraded"],"disability-subsidies-2023":["困难残疾人生活补贴和重度残疾人护理补贴的通知","Notice on the two disability subsidies","copy"],"tianjin-low-income-2016":["关于调整城乡低收入家庭救助有关政策的通知","Notice on adjusting assistance to low-income families in town and country","degraded"],"tianjin-school-2023":["天津市最低生活保障边缘家庭救助问答（网页）","Questions and answers on households at the edge of dibao in Tianjin (web page)","copy"],"hongqiao-plan-2021":["红桥区社区建设“十四五”专项发展规划","Special plan for community building in Hongqiao district, 14th five-year period","copy"],"tianjin-notice-2025":["关于完善分类救助有关政策的通知（2025年续期，天津日报报道）","Notice on improving classified assistance (renewal of 2025, reported by Tianjin Daily)","repost"],"tianjin-standard-2016":["2016年4月1日起调整社会救助标准的报道","Report on the standards from April 2016","repost"],"assistance-measures-2014":["社会救助暂行办法","Interim Measures for Social Assistance","copy"],"elderly-rights-law":["中华人民共和国老年人权益保障法","Law on the Protection of the Rights and Interests of the Elderly","copy"],"tianjin-standard-2017":["2017年4月1日起统一城乡低保标准的通知及报道","Notice and reports on the standard from April 2017, one for town and country","copy"],"tianjin-standard-2018":["天津提高社会救助标准（2018年）","Tianjin raises its assistance standards (2018)","repost"],"tianjin-standard-2019":["天津调整社会救助标准（2019年）","Tianjin adjusts its assistance standards (2019)","official"],"tianjin-standard-2020":["2020年9月1日起调整社会救助标准的通知（转载）","Notice of the standards from September 2020 (copy)","copy"],"tianjin-standard-2025":["关于调整本市最低生活保障等社会救助标准的通知","Notice on adjusting dibao and other assistance standards","official"],"social-assistance-law-2026":["中华人民共和国社会救助法","Social Assistance Law","copy"],"tianjin-notice-2020":["关于完善分类救助有关政策的通知（2020年）","Notice on improving classified assistance (2020)","degraded"]};
const PLACES=[["dibao-procedure-2012","第五条"],["dibao-procedure-2021","第七条"],["tianjin-counting-2022","不计入的人员"],["dibao-procedure-2021","第十三条"],["dibao-procedure-2012","第十六条"],["disability-subsidies-2023","补贴与低保的衔接"],["tianjin-low-income-2016","救助对象第三类"],["tianjin-school-2023","在校的说明"],["hongqiao-plan-2021","第一章第一部分，基本民生得到有效保障"],["tianjin-notice-2025","第1项"],["tianjin-standard-2016","报道正文"],["tianjin-notice-2025","第2项"],["dibao-procedure-2012","第二十七条"],["tianjin-low-income-2016","救助范围"],["assistance-measures-2014","第十二条"],["elderly-rights-law","第二条"],["tianjin-low-income-2016","救助对象第五类"],["tianjin-low-income-2016","救助对象第一类"],["tianjin-low-income-2016","救助对象第二类"],["hongqiao-plan-2021","第三章第五部分，实现服务群众精准化"],["tianjin-low-income-2016","救助对象"],["tianjin-low-income-2016","救助标准"],["hongqiao-plan-2021","第三章第五部分，实现便民服务多样化"],["dibao-procedure-2012","第二十九条"],["tianjin-low-income-2016","救助金的发放"],["hongqiao-plan-2021","第一章第一部分，社会服务日趋完善"],["tianjin-standard-2017","通知正文"],["tianjin-standard-2018","报道正文"],["tianjin-standard-2019","报道正文"],["tianjin-standard-2020","通知正文"],["tianjin-standard-2025","正文（此前的标准）"],["dibao-procedure-2021","第二十三条"],["dibao-procedure-2021","第八条"],["dibao-procedure-2021","第二十一条"],["tianjin-standard-2025","正文"],["social-assistance-law-2026","第十八条"],["tianjin-notice-2025","第1项、第2项"],["tianjin-notice-2020","开头和前两项"]];
const CITES=[[0,"下列人员不计入共同生活的家庭成员"],[1,"在监狱内服刑、在戒毒所强制隔离戒毒或者宣告失踪人员"],[2,null],[3,"“十四五”期间，中央确定的城乡居民基本养老保险基础养老金"],[4,null],[5,"残疾人两项补贴不计入城乡最低生活保障家庭的收入"],[6,"从学龄前至全日制大学"],[7,"从学龄前至全日制在校大学本科"],[7,"学龄前是指3-6岁儿童"],[8,"丧偶、离异单亲子女在学家庭"],[8,"分别扣减1200元、800元"],[8,"对丧偶、离异单亲子女在学家庭申请低保、低收入救助时,在核算其家庭收入时分别扣减1200元、800元"],[8,"对十五种疾病,四种重残家庭申请低保、低收入救助时"],[9,"对有视力残疾、肢体残疾、智力残疾、精神残疾一级和二级人员的家庭"],[10,null],[8,"将家庭收入分别按照低保标准的150%、100%进行抵扣"],[8,"对十五种疾病,四种重残家庭申请低保、低收入救助时,将家庭收入分别按照低保标准的150%、100%进行抵扣"],[11,"对有尿毒症、肾移植、白血病、戈谢病、心脏移植、肝脏移植、肺移植、骨髓移植患者的家庭"],[11,"对有恶性肿瘤、血友病、再生障碍性贫血、耐多药肺结核、偏瘫、红斑狼疮、心脏换瓣患者的家庭"],[8,"对十五种疾病,四种重残家庭"],[0,null],[12,"乘以共同生活的家庭成员人数"],[13,"人均月收入高于城乡低保标准且低于城乡低保标准150%"],[14,"按照共同生活的家庭成员人均收入低于当地最低生活保障标准的差额,按月发给"],[13,"低于城乡低保标准150%"],[8,"对享受低保待遇的60周岁以上的老年人"],[15,"六十周岁以上"],[16,null],[8,"按城乡低保标准的30%增发"],[8,"对享受低保待遇的60周岁以上的老年人,在享受原差额救助的基础上,按城乡低保标准的30%增发"],[17,null],[18,null],[8,"依托社区网格管理,建立一对一询问探视名单"],[8,"特别对本辖区内社会散居孤儿、事实无人抚养儿童等弱势群体进行重点关注"],[19,"重点关注分散供养特困人员、重病重残、事实无人抚养儿童、孤儿等特殊群体,分类分项建立台帐"],[20,"符合下列情况之一"],[21,"最低生活保障标准的30%"],[8,"联合市、区慈善协会联合开展“爱心成就梦想 慈善助学”、“有爱不再孤单 慈善助孤”活动"],[8,"为符合救助条件的82人次困境儿童发放善款共计80400元"],[22,"积极开展“爱心成就梦想 慈善助学”活动、“有爱不再孤单 慈善助孤”、“孤儿医疗康复明天计划”工程活动"],[23,"从批准之日下月起发放低保金"],[24,null],[14,"当地最低生活保障标准"],[25,"在优先保障我区低保和低收入高龄、空巢、失能等困难老年群体基本生活的基础上"],[25,"提供社区老年人配送餐、网上生活日用品便利店、应急呼叫、家政等多项服务"],[8,"在核算其家庭收入时分别扣减1200元、800元"],[8,"共为我区114名困境家庭中高考顺利进入高等院校学习深造的应届毕业生发放慈善助学金共计383500元"],[8,"增发1560元"],[8,"对散居孤儿和事实无人抚养的在校学生享受低保待遇时,增发1560元"],[26,null],[27,null],[28,null],[29,"城乡低收入家庭范围由家庭月人均收入980元至1470元调整为家庭月人均收入1010元至1515元"],[30,"由每人每月1010元统一调整为每人每月1045元"],[29,"城乡低收入家庭救助标准由每户每月294元调整为每户每月303元"],[19,"建立红桥区困难群众主动发现探视网络"],[19,"成立红桥区特殊群体生活服务中心"],[19,"采用7x24小时点对点的居家看护"],[19,"提供家政保洁、外出看病、医院取药、家庭基础生活物品更换等服务"],[19,"对全区内现已享受最低生活保障金待遇的人员进行“逐户逐人不漏”全面排查,动态管理,应保尽保"],[3,"政府发放的各类社会救助款物"],[3,null],[1,null],[31,"申请家庭人均收入与当地最低生活保障标准的实际差额"],[32,"家庭人均收入低于当地最低生活保障标准1.5倍"],[31,"最低生活保障金可以按照审核确定的申请家庭人均收入与当地最低生活保障标准的实际差额计算"],[33,"从作出确认同意决定之日下月起发放最低生活保障金"],[34,"本市最低生活保障标准由每人每月1010元统一调整为每人每月1045元"],[34,"符合发放救助金条件的最低生活保障边缘家庭救助标准由每户每月303元调整为每户每月314元"],[35,"对家庭人均收入低于当地最低生活保障标准且财产状况符合规定的最低生活保障家庭"],[35,"最低生活保障金可以按照家庭人均收入低于当地最低生活保障标准的实际差额发放"],[35,"当地最低生活保障标准"],[11,"将家庭收入扣减1500元"],[36,"将家庭收入扣减1000元"],[11,"对有血管支架、血管搭桥、肾病综合征、肝硬化、甲亢、I型糖尿病、艾滋病、脑梗死(脑梗塞)、细胞间质瘤、阿尔茨海默病、重症肌无力、硬化症、癫痫、脑出血后遗症、强直性脊柱炎患者的家庭"],[36,"将家庭收入扣减500元"],[11,"上述标准均按家庭中实际患病人数计算"],[37,null],[9,"对有言语残疾、听力残疾一级和二级或智力、精神残疾三级人员的家庭"],[9,"智力、精神残疾三级人员"],[9,"上述标准均按家庭中实际残疾人数计算"]];
const VALUES=[{"parameter":"counted-income-kinds","value":SHARED[0],"from":"2016-04-01","basis":"inferred","start_basis":"inferred","confidence":"medium","cites":[4,5]},{"parameter":"school-levels","value":SHARED[1],"from":"2016-04-01","basis":"attested","start_basis":"attested","confidence":"medium","cites":[6,7]},{"parameter":"kindergarten-age","value":3,"from":"2016-04-01","basis":"attested","start_basis":"attested","confidence":"medium","cites":[8]},{"parameter":"widowed-deduction","value":"1200.00","from":"2016-04-01","basis":"attested","start_basis":"attested","confidence":"high","cites":[10]},{"parameter":"severe-disability-kinds","value":SHARED[2],"from":"2016-04-01","basis":"inferred","start_basis":"inferred","confidence":"medium","cites":[12,13]},{"parameter":"disability-grade-limit","value":2,"from":"2016-04-01","basis":"inferred","start_basis":"inferred","confidence":"medium","cites":[13]},{"parameter":"dibao-standard","value":"780.00","from":"2016-04-01","basis":"attested","start_basis":"attested","confidence":"high","cites":[14]},{"parameter":"lower-deduction-share","value":"100%","from":"2016-04-01","basis":"attested","start_basis":"attested","confidence":"high","cites":[15]},{"parameter":"first-eight-diseases","value":SHARED[3],"from":"2016-04-01","basis":"inferred","start_basis":"inferred","confidence":"medium","cites":[17]},{"parameter":"higher-deduction-share","value":"150%","from":"2016-04-01","basis":"attested","start_basis":"attested","confidence":"high","cites":[15]},{"parameter":"other-seven-diseases","value":SHARED[4],"from":"2016-04-01","basis":"inferred","start_basis":"inferred","confidence":"medium","cites":[18]},{"parameter":"low-income-limit-share","value":"150%","from":"2016-04-01","basis":"attested","start_basis":"attested","confidence":"medium","cites":[22]},{"parameter":"elder-age","value":60,"from":"2016-04-01","basis":"attested","start_basis":"attested","confidence":"high","cites":[25,26,27]},{"parameter":"elder-supplement-share","value":"30%","from":"2016-04-01","basis":"attested","start_basis":"attested","confidence":"high","cites":[28]},{"parameter":"child-age","value":18,"from":"2016-04-01","basis":"convention","start_basis":"convention","confidence":"low","cites":[33]},{"parameter":"low-income-relief-amount","value":"234.00","from":"2016-04-01","basis":"attested","start_basis":"attested","confidence":"high","cites":[14]},{"parameter":"dibao-payment-delay","value":1,"from":"2016-04-01","basis":"inferred","start_basis":"inferred","confidence":"medium","cites":[40]},{"parameter":"relief-payment-delay","value":1,"from":"2016-04-01","basis":"attested","start_basis":"attested","confidence":"medium","cites":[41]},{"parameter":"advanced-age","value":80,"from":"2016-04-01","basis":"convention","start_basis":"convention","confidence":"low","cites":[43]},{"parameter":"divorced-deduction","value":"800.00","from":"2016-04-01","basis":"attested","start_basis":"attested","confidence":"high","cites":[10]},{"parameter":"orphan-student-supplement-amount","value":"1560.00","from":"2016-04-01","basis":"attested","start_basis":"attested","confidence":"medium","cites":[47]},{"parameter":"dibao-standard","value":"860.00","from":"2017-04-01","basis":"attested","start_basis":"attested","confidence":"high","cites":[49]},{"parameter":"low-income-relief-amount","value":"258.00","from":"2017-04-01","basis":"attested","start_basis":"attested","confidence":"high","cites":[49]},{"parameter":"dibao-standard","value":"920.00","from":"2018-04-01","basis":"attested","start_basis":"inferred","confidence":"high","cites":[50]},{"parameter":"low-income-relief-amount","value":"276.00","from":"2018-04-01","basis":"attested","start_basis":"inferred","confidence":"high","cites":[50]},{"parameter":"dibao-standard","value":"980.00","from":"2019-04-01","basis":"attested","start_basis":"attested","confidence":"high","cites":[51]},{"parameter":"low-income-relief-amount","value":"294.00","from":"2019-04-01","basis":"attested","start_basis":"attested","confidence":"high","cites":[51]},{"parameter":"dibao-standard","value":"1010.00","from":"2020-09-01","basis":"attested","start_basis":"attested","confidence":"high","cites":[52,53]},{"parameter":"low-income-relief-amount","value":"303.00","from":"2020-09-01","basis":"attested","start_basis":"attested","confidence":"high","cites":[54]},{"parameter":"counted-income-kinds","value":SHARED[5],"from":"2021-07-01","basis":"attested","start_basis":"attested","confidence":"high","cites":[60,3,5]},{"parameter":"dibao-payment-delay","value":1,"from":"2021-07-01","basis":"attested","start_basis":"attested","confidence":"high","cites":[66]},{"parameter":"dibao-standard","value":"1045.00","from":"2025-09-01","basis":"attested","start_basis":"attested","confidence":"high","cites":[67]},{"parameter":"low-income-relief-amount","value":"314.00","from":"2025-09-01","basis":"attested","start_basis":"attested","confidence":"high","cites":[68]},{"parameter":"notice-first-amount","value":"1500.00","from":"2020-09-01","basis":"attested","start_basis":"attested","confidence":"high","cites":[72]},{"parameter":"notice-second-amount","value":"1000.00","from":"2020-09-01","basis":"attested","start_basis":"attested","confidence":"high","cites":[73]},{"parameter":"notice-further-diseases","value":SHARED[6],"from":"2020-09-01","basis":"attested","start_basis":"attested","confidence":"high","cites":[74]},{"parameter":"notice-third-amount","value":"500.00","from":"2020-09-01","basis":"attested","start_basis":"attested","confidence":"high","cites":[75]},{"parameter":"notice-speech-hearing-kinds","value":SHARED[7],"from":"2020-09-01","basis":"attested","start_basis":"attested","confidence":"high","cites":[78]},{"parameter":"notice-third-grade-kinds","value":SHARED[8],"from":"2020-09-01","basis":"attested","start_basis":"attested","confidence":"high","cites":[78]},{"parameter":"notice-third-grade","value":3,"from":"2020-09-01","basis":"attested","start_basis":"attested","confidence":"high","cites":[79]}];
const RULES=[["","age","周岁","Age in full years","convention","high"],["","counted","计入共同生活的家庭成员","Counted as a member of the household","attested","medium"],["","basic-pension","成员领取的城乡居民基础养老金","Residents' basic pension of a member","attested","high"],["","member-income","成员的计入收入","Counted income of a member","attested","high"],["","income","家庭月收入","Monthly household income","attested","high"],["","in-school","在校","In school","attested","medium"],["","has-child-in-school","有计入家庭且在校的子女","Has a counted child in school","attested","high"],["","widowed-single-parent-deduction","丧偶单亲子女在学家庭扣减","Deduction for a widowed single parent with a child in school","attested","high"],["","disability-amount","成员因重残可抵扣的数额","Amount for a member with a severe disability","attested","medium"],["","household-disease-amount","全家因疾病可抵扣的最高数额","Largest disease amount in the household","attested","medium"],["","household-disability-amount","全家因重残可抵扣的最高数额","Largest disability amount in the household","attested","medium"],["","counted-members","共同生活的家庭成员数","Counted members","attested","high"],["","dibao-line","家庭的低保线","Dibao line of the household","attested","high"],["","low-income-line","家庭的低收入线","Low-income line of the household","attested","medium"],["","dibao","最低生活保障","Dibao","attested","high"],["","low-income","低收入家庭","Low-income household","attested","medium"],["","no-programme","不符合低保和低保边缘条件","Neither programme","inferred","high"],["","dibao-gap","低保差额救助","Dibao gap payment","attested","high"],["","elder-supplement","60周岁以上老年人增发","Supplement for recipients aged 60 or over","attested","high"],["","has-disability","有残疾的成员","A member with a disability","attested","medium"],["","has-illness","患大病或门诊特殊病的成员","A member with a major illness","attested","medium"],["","visit-scattered-orphan","探视名单：散居孤儿","Visiting list: orphan outside an institution","attested","medium"],["","visit-unsupported-child","探视名单：事实无人抚养儿童","Visiting list: child de facto without support","attested","medium"],["","single-parent","子女在学的单亲","Single parent with a child in school","attested","medium"],["","relief-category","属于低收入救助的类别","In a category for low-income relief","attested","medium"],["","low-income-relief","低收入家庭救助","Low-income relief","attested","medium"],["","monthly-total","每月合计","Monthly total","convention","high"],["","orphan-aid-referral","转介“慈善助孤”","Referral to the orphan aid of the charities","attested","medium"],["","dibao-paid-from","低保金自作出决定的次月起发放","Dibao is paid from the month after the decision","attested","medium"],["","relief-paid-from","低收入救助金自批准的次月起发放","Relief is paid from the month after the approval","attested","medium"],["","per-capita-income","扣减后的人均月收入","Income per person after deductions","convention","high"],["","standard","低保标准","Dibao standard","attested","high"],["","elder-services","优先提供的养老服务：配送餐、网上便利店、应急呼叫、家政","Priority for elder services: meal delivery, online shop, emergency call, housekeeping","attested","medium"],["","countable-income","扣减后的家庭月收入","Monthly household income after deductions","inferred","high"],["","listed-disease-deduction","十五种疾病抵扣","Deduction for one of fifteen diseases","attested","medium"],["","severe-disability-deduction","四种重残抵扣","Deduction for one of four severe disabilities","attested","medium"],["","study-aid-referral","转介“慈善助学”","Referral to the study aid of the charities","attested","medium"],["","disease-amount","成员因所列疾病可抵扣的数额","Amount for a member with a listed disease","attested","medium"],["","divorced-single-parent-deduction","离异单亲子女在学家庭扣减","Deduction for a divorced single parent with a child in school","attested","high"],["","orphan-student-supplement","散居孤儿和事实无人抚养的在校学生增发","Supplement for orphan and unsupported students","attested","medium"],["","visit-scattered-destitute","探视网络台账：分散供养特困人员","Ledger of the visiting network: destitute person supported at home","attested","medium"],["","life-service-centre","特殊群体生活服务中心","Life service centre for special groups","attested","medium"],["","review-dibao-household","低保家庭逐户排查","Household review of dibao recipients","attested","medium"],["","visit-severe-illness","探视网络台账：重病人员","Ledger of the visiting network: seriously ill person","attested","medium"],["","visit-severe-disability","探视网络台账：重残人员","Ledger of the visiting network: severely disabled person","attested","medium"],["tianjin-notice-2020","disease-amount","成员因所列疾病可扣减的数额（2020年通知）","Amount for a member with a listed disease (notice of 2020)","attested","high"],["tianjin-notice-2020","disability-amount","成员因所列残疾可扣减的数额（2020年通知）","Amount for a member with a listed disability (notice of 2020)","attested","high"],["tianjin-notice-2020","listed-disease-deduction","所列疾病扣减（2020年通知）","Deduction for a listed disease (notice of 2020)","attested","high"],["tianjin-notice-2020","severe-disability-deduction","所列残疾扣减（2020年通知）","Deduction for a listed disability (notice of 2020)","attested","high"]];
const CITATIONS=[[0,[],[]],[1,[0,1,2],[]],[2,[3],[]],[3,[4],[0]],[4,[4],[0]],[5,[7,6],[1,2]],[6,[9],[1,2]],[7,[11],[3,1,2]],[8,[16],[4,5,6,7]],[9,[19],[8,9,10,7]],[10,[19],[4,5,7]],[11,[20],[]],[12,[21],[6]],[13,[22],[6,11]],[14,[23],[]],[15,[22],[11]],[16,[24],[]],[17,[23,21],[]],[18,[29],[12,6,13]],[19,[30],[]],[20,[31],[]],[21,[32,33,34],[]],[22,[32,33,34],[14]],[23,[6],[1,2]],[24,[35],[12,1,2]],[25,[35,36],[15,12,1,2]],[26,[],[]],[27,[37,38,39],[14]],[28,[40],[16]],[29,[41],[17]],[30,[],[]],[31,[42],[6]],[32,[43,44],[12,18]],[32,[43,44],[12]],[33,[45],[]],[34,[16],[8,9,10,7]],[35,[16],[4,5,7]],[34,[16],[8,9,10,7,4,5]],[35,[16],[4,5,7,8,9,10]],[36,[37,46,39],[]],[37,[16],[8,6,9,10,7]],[38,[11],[19,1,2]],[39,[48],[20,1,2]],[8,[16],[4,5,21,7]],[12,[21],[21]],[13,[22],[21,11]],[18,[29],[12,21,13]],[25,[35,36],[22,12,1,2]],[31,[42],[21]],[37,[16],[8,21,9,10,7]],[8,[16],[4,5,23,7]],[12,[21],[23]],[13,[22],[23,11]],[18,[29],[12,23,13]],[25,[35,36],[24,12,1,2]],[31,[42],[23]],[37,[16],[8,23,9,10,7]],[8,[16],[4,5,25,7]],[12,[21],[25]],[13,[22],[25,11]],[15,[22,52],[11]],[18,[29],[12,25,13]],[25,[35,36],[26,12,1,2]],[31,[42],[25]],[37,[16],[8,25,9,10,7]],[8,[16],[4,5,27,7]],[12,[21],[27]],[13,[22],[27,11]],[18,[29],[12,27,13]],[25,[35,36],[28,12,1,2]],[31,[42],[27]],[37,[16],[8,27,9,10,7]],[40,[55,34],[]],[41,[56,57,58],[]],[42,[59],[]],[43,[55,34],[]],[44,[55,34],[4,5]],[1,[1,2],[]],[3,[61],[29]],[4,[61],[29]],[11,[62],[]],[12,[63],[27]],[15,[22,52,64],[11]],[17,[23,65],[]],[28,[66],[30]],[8,[16],[4,5,31,7]],[12,[63],[31]],[13,[22],[31,11]],[18,[29],[12,31,13]],[25,[35,36],[32,12,1,2]],[31,[42],[31]],[37,[16],[8,31,9,10,7]],[14,[69],[]],[17,[70,65],[]],[31,[71],[31]],[45,[76,77],[8,33,10,34,35,36]],[46,[80,77],[4,5,34,37,38,39,36]],[10,[19],[4,5,34,37,38,39,36]],[9,[19],[8,33,10,34,35,36]],[47,[76,77],[8,33,10,34,35,36]],[48,[80,77],[4,5,34,37,38,39,36]],[47,[76,77],[8,33,10,34,35,36,4,5,37,38,39]],[48,[80,77],[4,5,34,37,38,39,36,8,33,10,35]]];
const CONCLUSIONS=[{"slot":20,"each":true,"list":null,"figure":false},{"slot":21,"each":true,"list":null,"figure":false},{"slot":22,"each":true,"list":null,"figure":false},{"slot":23,"each":true,"list":null,"figure":false},{"slot":24,"each":false,"list":null,"figure":true},{"slot":25,"each":true,"list":null,"figure":false},{"slot":26,"each":true,"list":null,"figure":false},{"slot":27,"each":false,"list":"deductions","figure":false},{"slot":30,"each":true,"list":null,"figure":false},{"slot":31,"each":false,"list":null,"figure":false},{"slot":32,"each":false,"list":null,"figure":false},{"slot":36,"each":false,"list":null,"figure":true},{"slot":37,"each":false,"list":null,"figure":false},{"slot":38,"each":false,"list":null,"figure":false},{"slot":39,"each":false,"list":null,"figure":true},{"slot":40,"each":false,"list":"benefits","figure":false},{"slot":42,"each":true,"list":"benefits","figure":false},{"slot":43,"each":true,"list":null,"figure":false},{"slot":44,"each":true,"list":null,"figure":false},{"slot":45,"each":true,"list":"registers","figure":false},{"slot":46,"each":true,"list":"registers","figure":false},{"slot":47,"each":true,"list":null,"figure":false},{"slot":48,"each":false,"list":null,"figure":false},{"slot":49,"each":false,"list":"benefits","figure":false},{"slot":51,"each":false,"list":null,"figure":true},{"slot":52,"each":true,"list":"referrals","figure":false},{"slot":53,"each":false,"list":null,"figure":true},{"slot":54,"each":false,"list":null,"figure":true},{"slot":55,"each":false,"list":null,"figure":true},{"slot":41,"each":true,"list":"services","figure":false},{"slot":35,"each":false,"list":null,"figure":true},{"slot":33,"each":true,"list":"deductions","figure":false},{"slot":34,"each":true,"list":"deductions","figure":false},{"slot":57,"each":false,"list":"deductions","figure":false},{"slot":58,"each":false,"list":"deductions","figure":false},{"slot":56,"each":true,"list":"referrals","figure":false},{"slot":29,"each":true,"list":null,"figure":false},{"slot":28,"each":false,"list":"deductions","figure":false},{"slot":50,"each":true,"list":"benefits","figure":false},{"slot":59,"each":true,"list":"registers","figure":false},{"slot":62,"each":true,"list":"services","figure":false},{"slot":63,"each":false,"list":"registers","figure":false},{"slot":60,"each":true,"list":"registers","figure":false},{"slot":61,"each":true,"list":"registers","figure":false}];
const NOTICES=[{"code":"ORPHAN_ALLOWANCE_NOT_MODELLED","message":{"zh":"孤儿、事实无人抚养儿童另有基本生活费，两者如何补差没有收录，请另行核对。","en":"Orphans and unsupported children have a basic allowance of their own; how the two are set off is not modelled and has to be looked at apart."},"rule":"orphan-student-supplement"},{"code":"STANDARD_START_INFERRED","message":{"zh":"2018年的标准见于4月4日的报道，4月1日起执行是推断的；这几天的结果取决于这一推断。","en":"The standard of 2018 is in a report of 4 April; that it began on 1 April is inferred, and a result of these days rests on that."},"rule":"standard"},{"code":"DEDUCTIONS_REPORTED_REPLACED","message":{"zh":"据报道，自2020年9月1日起，天津市的一份通知已取代这里的扣减规定；可用 tianjin-notice-2020 按该通知的可读部分计算。","en":"A city notice is reported to have replaced these deductions from 2020-09-01; what could be read of it is the overlay tianjin-notice-2020."},"rule":null},{"code":"BASIC_PENSION_TERM_OVER","message":{"zh":"城乡居民基础养老金不计入收入，文件只写到“十四五”期间（2025年底）；此后没有查到新的规定，这里仍不计入，请另行核实。","en":"That the residents' basic pension does not count is written for the five-year period that ended with 2025 only; no later provision was found, it is still left out here, and this has to be checked."},"rule":"member-income"},{"code":"LATER_THAN_CHECKED","message":{"zh":"规则所依据的事实核对至2026年11月23日；此后的日期按当时已知的规则计算，请先核实有无新文件。","en":"The facts behind the rules were checked up to 2026-11-23. A later date is assessed by the rules known then; look for newer notices first."},"rule":null},{"code":"OVERLAY_PARTLY_UNREAD","message":{"zh":"按 tianjin-notice-2020 计算：该通知只有疾病和残疾扣减能读到，单亲家庭的数额和增发项目未能读到，仍按规划计算；对无子女老年夫妇、享受计划生育特别扶助的家庭等的其他扣减也未能读到，没有计算。结果不完整。","en":"Assessed under tianjin-notice-2020: of that notice only the deductions for disease and disability could be read. The amounts for single parents and the supplements could not, and stay as in the plan; nor could further deductions, such as those for childless elderly couples and for families on special family planning support, which are left out. The result is not complete."},"rule":null},{"code":"OVERLAY_SINGLE_PARENT_UNREAD","message":{"zh":"本结果用到单亲家庭扣减；2020年通知中的相应数额未能读到，这里用的是规划的数额。","en":"This result uses the deduction for single parents; the amount in the notice of 2020 could not be read, and that of the plan was used."},"rule":null},{"code":"OVERLAY_SUPPLEMENTS_UNREAD","message":{"zh":"本结果用到增发项目；2020年通知中的增发部分未能读到，这里用的是规划的规定。","en":"This result includes a supplement; that part of the notice of 2020 could not be read, and the plan's rule was used."},"rule":null}];
const VARIANTS=[[0,0,[],[0],0],[1,1,[],[1],0],[2,2,[0],[2],0],[3,3,[SHARED[0],0,SHARED[0]],[3],0],[4,4,[],[4],0],[5,5,[SHARED[1],3,SHARED[1],3],[5],0],[6,6,[],[6],0],[7,7,[120000,"1200.00"],[7],10],[8,8,[SHARED[2],2,78000,0,SHARED[2],2,"780.00","100%"],[8],0],[9,9,[],[9],0],[10,10,[],[10],0],[11,11,[],[11],0],[12,12,[78000,"780.00"],[12],0],[13,13,[117000,"780.00","150%"],[13],0],[14,14,[],[14,15,16],0],[15,15,[],[17],10],[16,16,[23400,60,"780.00","30%",60],[18],20],[17,17,[],[19],0],[18,18,[],[20],0],[19,19,[],[21],10],[20,20,[18,18],[22],20],[21,21,[["divorced","never_married","separated","widowed"]],[23],0],[22,22,[60,60],[24],0],[23,23,[23400,"234.00"],[25],40],[24,24,[],[26],0],[25,25,[18,18,SHARED[9]],[27],20],[26,26,[1,1,1,1],[28,29],0],[27,27,[1],[30],0],[28,28,[78000,"780.00"],[31],0],[29,30,[60,80,80,60],[32],10],[29,31,[60,80,80,60],[32],10],[29,32,[60,80,80,60],[32],10],[29,33,[60,80,80,60],[32],10],[29,34,[60,60],[33],10],[30,35,[0],[34],0],[30,36,[0],[34],0],[31,37,[0],[35],30],[32,38,[0],[36],40],[31,39,[0],[37],30],[32,40,[0],[38],40],[33,41,[0],[35],30],[34,42,[0],[36],40],[33,43,[0],[37],30],[34,44,[0],[38],40],[35,45,[],[39],10],[35,46,[],[39],10],[36,47,[0,SHARED[3],117000,SHARED[4],0,117000,SHARED[3],"780.00","150%",SHARED[4],"100%"],[40],0],[36,47,[0,SHARED[3],117000,SHARED[4],0,78000,SHARED[3],"780.00","150%",SHARED[4],"100%"],[40],0],[37,48,[80000,"800.00",0],[41],20],[37,49,[80000,"800.00",["never_married","separated"],0],[41],20],[38,50,[156000,"1560.00",SHARED[9]],[42],30],[38,51,[156000,"1560.00",SHARED[9]],[42],30],[8,8,[SHARED[2],2,86000,0,SHARED[2],2,"860.00","100%"],[43],0],[12,12,[86000,"860.00"],[44],0],[13,13,[129000,"860.00","150%"],[45],0],[16,16,[25800,60,"860.00","30%",60],[46],20],[23,23,[25800,"258.00"],[47],40],[28,28,[86000,"860.00"],[48],0],[36,47,[0,SHARED[3],129000,SHARED[4],0,129000,SHARED[3],"860.00","150%",SHARED[4],"100%"],[49],0],[36,47,[0,SHARED[3],129000,SHARED[4],0,86000,SHARED[3],"860.00","150%",SHARED[4],"100%"],[49],0],[8,8,[SHARED[2],2,92000,0,SHARED[2],2,"920.00","100%"],[50],0],[12,12,[92000,"920.00"],[51],0],[13,13,[138000,"920.00","150%"],[52],0],[16,16,[27600,60,"920.00","30%",60],[53],20],[23,23,[27600,"276.00"],[54],40],[28,28,[92000,"920.00"],[55],0],[36,47,[0,SHARED[3],138000,SHARED[4],0,138000,SHARED[3],"920.00","150%",SHARED[4],"100%"],[56],0],[36,47,[0,SHARED[3],138000,SHARED[4],0,92000,SHARED[3],"920.00","150%",SHARED[4],"100%"],[56],0],[8,8,[SHARED[2],2,98000,0,SHARED[2],2,"980.00","100%"],[57],0],[12,12,[98000,"980.00"],[58],0],[13,13,[147000,"980.00","150%"],[59],0],[14,14,[],[14,60,16],0],[16,16,[29400,60,"980.00","30%",60],[61],20],[23,23,[29400,"294.00"],[62],40],[28,28,[98000,"980.00"],[63],0],[36,47,[0,SHARED[3],147000,SHARED[4],0,147000,SHARED[3],"980.00","150%",SHARED[4],"100%"],[64],0],[36,47,[0,SHARED[3],147000,SHARED[4],0,98000,SHARED[3],"980.00","150%",SHARED[4],"100%"],[64],0],[8,8,[SHARED[2],2,101000,0,SHARED[2],2,"1010.00","100%"],[65],0],[12,12,[101000,"1010.00"],[66],0],[13,13,[151500,"1010.00","150%"],[67],0],[16,16,[30300,60,"1010.00","30%",60],[68],20],[23,23,[30300,"303.00"],[69],40],[28,28,[101000,"1010.00"],[70],0],[36,47,[0,SHARED[3],151500,SHARED[4],0,151500,SHARED[3],"1010.00","150%",SHARED[4],"100%"],[71],0],[36,47,[0,SHARED[3],151500,SHARED[4],0,101000,SHARED[3],"1010.00","150%",SHARED[4],"100%"],[71],0],[39,53,[],[72],30],[40,54,[],[73],20],[41,55,[],[74],60],[42,56,[],[75],40],[43,57,[SHARED[2],2,SHARED[2],2],[76],50],[42,58,[],[75],40],[43,59,[SHARED[2],2,SHARED[2],2],[76],50],[1,1,[],[77],0],[3,3,[SHARED[5],0,SHARED[5]],[78],0],[4,4,[],[79],0],[11,11,[],[80],0],[12,12,[101000,"1010.00"],[81],0],[14,14,[],[14,82,16],0],[15,15,[],[83],10],[26,26,[1,1,1,1],[84,29],0],[8,8,[SHARED[2],2,104500,0,SHARED[2],2,"1045.00","100%"],[85],0],[12,12,[104500,"1045.00"],[86],0],[13,13,[156750,"1045.00","150%"],[87],0],[16,16,[31350,60,"1045.00","30%",60],[88],20],[23,23,[31400,"314.00"],[89],40],[28,28,[104500,"1045.00"],[90],0],[36,47,[0,SHARED[3],156750,SHARED[4],0,156750,SHARED[3],"1045.00","150%",SHARED[4],"100%"],[91],0],[36,47,[0,SHARED[3],156750,SHARED[4],0,104500,SHARED[3],"1045.00","150%",SHARED[4],"100%"],[91],0],[14,14,[],[92,82,16],0],[15,15,[],[93],10],[28,28,[104500,"1045.00"],[94],0],[36,61,[0,SHARED[3],150000,SHARED[4],100000,SHARED[6],50000,0,SHARED[3],"1500.00",SHARED[4],"1000.00",SHARED[6],"500.00"],[95],0],[8,62,[0,SHARED[2],2,100000,SHARED[7],2,SHARED[8],3,50000,0,SHARED[2],2,"1000.00",SHARED[7],SHARED[8],3,"500.00"],[96],0],[10,10,[],[97],0],[9,9,[],[98],0],[31,37,[0],[99],30],[32,38,[0],[100],40],[31,39,[0],[101],30],[32,40,[0],[102],40]];
const TAKEN=[[0],[1],[2],[3],[4],[5],[6],[7],[["single-parent-scope"],{"divorced-only":48,"all-others":49}],[["disease-pairing"],{"by-list":46,"tiered":47}],[8],[9],[10],[SHARED[10],{"affected-person sum":36,"affected-person higher":38,"household sum":40,"household higher":42}],[SHARED[10],{"affected-person sum":37,"affected-person higher":39,"household sum":41,"household higher":43}],[["deduction-unit"],{"affected-person":34,"household":35}],[11],[12],[13],[14],[15],[["advanced-age","empty-nest","incapacity"],{"from-eighty couples-too wholly-only":29,"from-eighty couples-too partly-too":30,"from-eighty alone-only wholly-only":31,"from-eighty alone-only partly-too":32,"every-elder couples-too wholly-only":33,"every-elder couples-too partly-too":33,"every-elder alone-only wholly-only":33,"every-elder alone-only partly-too":33}],[16],[17],[18],[19],[20],[21],[22],[23],[["student-scope"],{"both-groups":50,"unsupported-only":51}],[24],[25],[26],[27],[28],[["difficult-family"],{"assisted":44,"recognized-too":45}],[[29,[0],0]],[["disease-pairing"],{"by-list":58,"tiered":59}],[52],[53],[54],[55],[56],[57],[["disease-pairing"],{"by-list":66,"tiered":67}],[60],[61],[62],[63],[64],[65],[[52,[],1]],[["disease-pairing"],{"by-list":75,"tiered":76}],[68],[69],[70],[71],[72],[73],[74],[["disease-pairing"],{"by-list":83,"tiered":84}],[77],[78],[79],[80],[81],[82],[[52,[],2]],[85],[["visit-scope"],{"special-groups":88,"in-difficulty":90}],[["visit-scope"],{"special-groups":89,"in-difficulty":91}],[86],[87],[92],[93],[94],[95],[96],[97],[98],[99],[["disease-pairing"],{"by-list":106,"tiered":107}],[100],[101],[102],[103],[104],[105],[[60,[0],3]],[108],[109],[110],[[52,[],4]],[111],[112],[["disease-and-disability"],{"sum":115,"higher":117}],[["disease-and-disability"],{"sum":116,"higher":118}],[34],[113],[114],[[52,[],5]],[[63,[0,0],6]],[[64,[0,0],7]]];
const PLANS={"":[{"start":20160401,"end":20170331,"conclusions":[0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31,32,33,34,35,36],"notices":[37]},{"start":20170401,"end":20180331,"conclusions":[0,1,2,3,4,5,6,7,8,38,39,11,12,13,14,15,16,40,41,19,20,21,42,23,24,25,26,27,28,43,30,31,32,33,34,44,36],"notices":[37]},{"start":20180401,"end":20180403,"conclusions":[0,1,2,3,4,5,6,7,8,45,46,11,12,13,14,15,16,47,48,19,20,21,49,23,24,25,26,27,28,50,30,31,32,33,34,51,36],"notices":[37,52]},{"start":20180404,"end":20190331,"conclusions":[0,1,2,3,4,5,6,7,8,45,46,11,12,13,14,15,16,47,48,19,20,21,49,23,24,25,26,27,28,50,30,31,32,33,34,51,36],"notices":[37]},{"start":20190401,"end":20200831,"conclusions":[0,1,2,3,4,5,6,7,8,53,54,11,12,13,14,15,16,55,56,57,20,21,58,23,24,25,26,27,28,59,30,31,32,33,34,60,36],"notices":[37]},{"start":20200901,"end":20201231,"conclusions":[0,1,2,3,4,5,6,7,8,61,62,11,12,13,14,15,16,63,64,57,20,21,65,23,24,25,26,27,28,66,30,31,32,33,34,67,36],"notices":[68,37]},{"start":20210101,"end":20210630,"conclusions":[0,1,2,3,4,5,6,7,8,61,62,11,12,13,14,15,16,63,64,57,20,21,65,23,24,25,26,69,70,71,72,27,28,66,30,31,32,33,34,73,67,36],"notices":[68,37]},{"start":20210701,"end":20250831,"conclusions":[0,74,2,75,76,5,6,7,8,61,62,11,12,13,14,15,77,78,64,79,80,21,65,23,24,25,26,69,70,71,72,27,28,66,30,31,32,81,34,73,67,36],"notices":[68,37]},{"start":20250901,"end":20251231,"conclusions":[0,74,2,75,76,5,6,7,8,82,83,11,12,13,14,15,77,84,85,79,80,21,86,23,24,25,26,69,70,71,72,27,28,87,30,31,32,81,34,73,88,36],"notices":[68,37]},{"start":20260101,"end":20260630,"conclusions":[0,74,2,75,76,5,6,7,8,82,83,11,12,13,14,15,77,84,85,79,80,21,86,23,24,25,26,69,70,71,72,27,28,87,30,31,32,81,34,73,88,36],"notices":[89,68,37]},{"start":20260701,"end":20261123,"conclusions":[0,74,2,75,76,5,6,7,8,82,83,11,12,13,14,15,77,84,85,90,91,21,86,23,24,25,26,69,70,71,72,27,28,87,30,31,32,81,34,73,92,36],"notices":[89,68,37]},{"start":20261124,"end":99999999,"conclusions":[0,74,2,75,76,5,6,7,8,82,83,11,12,13,14,15,77,84,85,90,91,21,86,23,24,25,26,69,70,71,72,27,28,87,30,31,32,81,34,73,92,36],"notices":[93,89,68,37]}],"tianjin-notice-2020":[{"start":20200901,"end":20201231,"conclusions":[0,1,2,3,4,5,6,7,8,94,95,96,97,98,16,63,64,57,20,21,65,23,24,99,100,25,26,27,28,66,30,31,32,33,34,67,36],"notices":[37,101,102,103]},{"start":20210101,"end":20210630,"conclusions":[0,1,2,3,4,5,6,7,8,94,95,96,97,98,16,63,64,57,20,21,65,23,24,99,100,25,26,69,70,71,72,27,28,66,30,31,32,33,34,73,67,36],"notices":[37,101,102,103]},{"start":20210701,"end":20250831,"conclusions":[0,74,2,75,76,5,6,7,8,94,95,96,97,98,77,78,64,79,80,21,65,23,24,99,100,25,26,69,70,71,72,27,28,66,30,31,32,81,34,73,67,36],"notices":[37,101,102,103]},{"start":20250901,"end":20251231,"conclusions":[0,74,2,75,76,5,6,7,8,94,95,96,97,98,77,84,85,79,80,21,86,23,24,99,100,25,26,69,70,71,72,27,28,87,30,31,32,81,34,73,88,36],"notices":[37,101,102,103]},{"start":20260101,"end":20260630,"conclusions":[0,74,2,75,76,5,6,7,8,94,95,96,97,98,77,84,85,79,80,21,86,23,24,99,100,25,26,69,70,71,72,27,28,87,30,31,32,81,34,73,88,36],"notices":[89,37,101,102,103]},{"start":20260701,"end":20261123,"conclusions":[0,74,2,75,76,5,6,7,8,94,95,96,97,98,77,84,85,90,91,21,86,23,24,99,100,25,26,69,70,71,72,27,28,87,30,31,32,81,34,73,92,36],"notices":[89,37,101,102,103]},{"start":20261124,"end":99999999,"conclusions":[0,74,2,75,76,5,6,7,8,94,95,96,97,98,77,84,85,90,91,21,86,23,24,99,100,25,26,69,70,71,72,27,28,87,30,31,32,81,34,73,92,36],"notices":[93,89,37,101,102,103]}]};
const HOUSEHOLD={"id":{"kind":"text","slot":1,"required":true,"taken":false},"receives_family_planning_support":{"kind":"truth","slot":2,"required":false,"taken":true,"default":false},"childless":{"kind":"truth","slot":3,"required":false,"taken":true,"default":false},"hardship_recognized":{"kind":"truth","slot":4,"required":false,"taken":true,"default":false}};
const MEMBER={"id":{"kind":"text","slot":5,"required":true,"taken":false},"relationship":{"kind":"code","codes":["applicant","spouse","child","parent","grandparent","grandchild","sibling","other"],"slot":6,"required":true,"taken":false},"birth_date":{"kind":"date","slot":7,"required":true,"taken":false},"parent":{"kind":"reference","slot":8,"required":false,"taken":true,"absent":92,"derived":true},"marital_status":{"kind":"code","codes":["never_married","married","separated","divorced","widowed"],"slot":9,"required":false,"taken":true,"absent":93,"derived":true},"schooling":{"kind":"code","codes":["none","kindergarten","primary","junior_secondary","senior_secondary","vocational","undergraduate","postgraduate"],"slot":10,"required":false,"taken":true,"default":"none"},"guardianship":{"kind":"code","codes":["none","scattered_orphan","institutional_orphan","de_facto_unsupported"],"slot":11,"required":false,"taken":true,"default":"none"},"illnesses":{"kind":"codes","least":0,"most":50,"codes":["uremia","kidney_transplant","leukemia","gaucher_disease","heart_transplant","liver_transplant","lung_transplant","bone_marrow_transplant","malignant_tumor","hemophilia","aplastic_anemia","mdr_tuberculosis","hemiplegia","lupus_erythematosus","heart_valve_replacement","vascular_stent","vascular_bypass","nephrotic_syndrome","cirrhosis","hyperthyroidism","type_1_diabetes","aids","cerebral_infarction","stromal_tumor","alzheimers_disease","myasthenia_gravis","sclerosis","epilepsy","cerebral_hemorrhage_sequelae","ankylosing_spondylitis","other_major_illness"],"slot":12,"required":false,"taken":true,"default":[]},"disabilities":{"kind":"records","least":0,"most":50,"slot":13,"required":false,"taken":true,"default":[],"fields":{"kind":{"kind":"code","codes":["visual","physical","intellectual","mental","speech","hearing"],"required":true},"grade":{"kind":"number","least":1,"most":4,"required":true}}},"incomes":{"kind":"records","least":0,"most":50,"slot":14,"required":false,"taken":true,"default":[],"absent":98,"fields":{"kind":{"kind":"code","codes":["wages","business","property","transfer","pension","residents_basic_pension","special_care_pension","family_planning_award","scholarship","valor_award","social_assistance","disability_subsidy"],"required":true},"monthly":{"kind":"money","least":0,"most":999999999,"size":7,"required":true}}},"absence":{"kind":"code","codes":["none","imprisoned","compulsory_rehabilitation","conscript","religious_order","declared_missing"],"slot":15,"required":false,"taken":true,"default":"none"},"self_care":{"kind":"code","codes":["independent","partly_dependent","dependent"],"slot":16,"required":false,"taken":false},"living_arrangement":{"kind":"code","codes":["alone","with_spouse_only","with_children","with_others","in_institution"],"slot":17,"required":false,"taken":false},"destitute_support":{"kind":"code","codes":["none","scattered","institutional"],"slot":18,"required":false,"taken":false},"university_admission":{"kind":"code","codes":["none","this_year"],"slot":19,"required":false,"taken":false}};
const CONTAINED="members";
const LEAST=1;
const MOST=100;
const KNOWN=64;
const ABSENT=84;
// The rules. s: state, k: figures of the date, c: indices, m: ids, o: trace, y: its cached texts.
const RUN=[
(s,k,c,m,o,y)=>{s[20]=c.map(v0=>{const x=years(s[7][v0],s[0]);o?.push(entry("age",m[v0],true,x,null,{birth_date:(y[7]??=s[7].map(v=>day(v)))[v0],on:(y[0]??=day(s[0]))}));return x})},
(s,k,c,m,o,y)=>{s[21]=c.map(v0=>{const x=(s[15][v0]==="none");o?.push(entry("counted",m[v0],true,x,null,{absence:s[15][v0]}));return x})},
(s,k,c,m,o,y)=>{s[22]=c.map(v0=>{const x=(s[21][v0]?s[14][v0].reduce((n,v1)=>n+((v1.kind==="residents_basic_pension")?v1.monthly:0),0):k[0]);o?.push(entry("basic-pension",m[v0],true,yuan(x),null,{counted:s[21][v0],incomes:(y[14]??=s[14].map(v=>v.map(r=>({kind:r.kind,monthly:yuan(r.monthly)}))))[v0]}));return x})},
(s,k,c,m,o,y)=>{s[23]=c.map(v0=>{const x=(s[21][v0]?s[14][v0].reduce((n,v1)=>n+(k[0].includes(v1.kind)?v1.monthly:0),0):k[1]);o?.push(entry("member-income",m[v0],true,yuan(x),null,{counted:s[21][v0],incomes:(y[14]??=s[14].map(v=>v.map(r=>({kind:r.kind,monthly:yuan(r.monthly)}))))[v0],counted_income_kinds:k[2]}));return x})},
(s,k,c,m,o,y)=>{const x=c.reduce((n,v0)=>n+s[23][v0],0);o?.push(entry("income",null,true,yuan(x),null,{"members.member_income":(y[23]??=s[23].map(v=>yuan(v)))}));s[24]=x;return 0},
(s,k,c,m,o,y)=>{s[25]=c.map(v0=>{const x=(k[0].includes(s[10][v0])||((s[10][v0]==="kindergarten")&&(s[20][v0]>=k[1])));o?.push(entry("in-school",m[v0],true,x,null,{schooling:s[10][v0],school_levels:k[2],age:s[20][v0],kindergarten_age:k[3]}));return x})},
(s,k,c,m,o,y)=>{s[26]=c.map(v0=>{const x=(s[21][v0]&&s[8][v0].some(v1=>(s[21][v1]&&s[25][v1])));o?.push(entry("has-child-in-school",m[v0],true,x,null,{counted:s[21][v0],"members.counted":(y[21]??=s[21].slice()),"members.in_school":(y[25]??=s[25].slice())}));return x})},
(s,k,c,m,o,y)=>{if(c.some(v0=>((s[9][v0]==="widowed")&&s[26][v0]))){const x=k[0];o?.push(entry("widowed-single-parent-deduction",null,true,yuan(x),null,{"members.marital_status":(y[9]??=s[9].slice()),"members.has_child_in_school":(y[26]??=s[26].slice()),widowed_deduction:k[1]}));s[27]=x;return 0}o?.push(entry("widowed-single-parent-deduction",null,false,null,"any(member.marital_status == 'widowed' and member.has_child_in_school for member in members)",{"members.marital_status":(y[9]??=s[9].slice()),"members.has_child_in_school":(y[26]??=s[26].slice())}));s[27]=0;return 0},
(s,k,c,m,o,y)=>{s[30]=c.map(v0=>{const x=((s[21][v0]&&s[13][v0].some(v1=>(k[0].includes(v1.kind)&&(v1.grade<=k[1]))))?k[2]:k[3]);o?.push(entry("disability-amount",m[v0],true,yuan(x),null,{counted:s[21][v0],disabilities:(y[13]??=s[13].map(v=>v.map(r=>({kind:r.kind,grade:r.grade}))))[v0],severe_disability_kinds:k[4],disability_grade_limit:k[5],dibao_standard:k[6],lower_deduction_share:k[7]}));return x})},
(s,k,c,m,o,y)=>{const x=largest(c,v0=>s[29][v0]);o?.push(entry("household-disease-amount",null,true,yuan(x),null,{"members.disease_amount":(y[29]??=s[29].map(v=>yuan(v)))}));s[31]=x;return 0},
(s,k,c,m,o,y)=>{const x=largest(c,v0=>s[30][v0]);o?.push(entry("household-disability-amount",null,true,yuan(x),null,{"members.disability_amount":(y[30]??=s[30].map(v=>yuan(v)))}));s[32]=x;return 0},
(s,k,c,m,o,y)=>{const x=c.reduce((n,v0)=>s[21][v0]?n+1:n,0);o?.push(entry("counted-members",null,true,x,null,{"members.counted":(y[21]??=s[21].slice())}));s[36]=x;return 0},
(s,k,c,m,o,y)=>{const x=(s[36]*k[0]);o?.push(entry("dibao-line",null,true,yuan(x),null,{dibao_standard:k[1],counted_members:s[36]}));s[37]=x;return 0},
(s,k,c,m,o,y)=>{const x=(s[36]*k[0]);o?.push(entry("low-income-line",null,true,yuan(x),null,{dibao_standard:k[1],low_income_limit_share:k[2],counted_members:s[36]}));s[38]=x;return 0},
(s,k,c,m,o,y)=>{if((s[35]<s[37])){const x="dibao";o?.push(entry("dibao",null,true,x,null,{countable_income:(y[35]??=yuan(s[35])),dibao_line:(y[37]??=yuan(s[37]))}));s[39]=x;return 0}o?.push(entry("dibao",null,false,null,"countable_income < dibao_line",{countable_income:(y[35]??=yuan(s[35])),dibao_line:(y[37]??=yuan(s[37]))}));if((s[35]<s[38])){const x="low_income";o?.push(entry("low-income",null,true,x,null,{countable_income:(y[35]??=yuan(s[35])),low_income_line:(y[38]??=yuan(s[38]))}));s[39]=x;return 1}o?.push(entry("low-income",null,false,null,"countable_income < low_income_line",{countable_income:(y[35]??=yuan(s[35])),low_income_line:(y[38]??=yuan(s[38]))}));{const x="none";o?.push(entry("no-programme",null,true,x,null,{}));s[39]=x;return 2}},
(s,k,c,m,o,y)=>{if((s[39]==="dibao")){const x=(s[37]-s[35]);o?.push(entry("dibao-gap",null,true,yuan(x),null,{programme:s[39],dibao_line:(y[37]??=yuan(s[37])),countable_income:(y[35]??=yuan(s[35]))}));s[40]=x;return 0}o?.push(entry("dibao-gap",null,false,null,"programme == 'dibao'",{programme:s[39]}));s[40]=0;return 0},
(s,k,c,m,o,y)=>{s[42]=c.map(v0=>{const d0=((s[39]==="dibao")?(s[21][v0]?((s[20][v0]>=k[4])?0:3):2):1);if(d0===0){const x=k[0];o?.push(entry("elder-supplement",m[v0],true,yuan(x),null,{programme:s[39],counted:s[21][v0],age:s[20][v0],elder_age:k[1],dibao_standard:k[2],elder_supplement_share:k[3]}));return x}o?.push(d0===1?entry("elder-supplement",m[v0],false,null,"programme == 'dibao'",{programme:s[39]}):d0===2?entry("elder-supplement",m[v0],false,null,"counted",{programme:s[39],counted:s[21][v0]}):entry("elder-supplement",m[v0],false,null,"age >= elder_age",{programme:s[39],counted:s[21][v0],age:s[20][v0],elder_age:k[1]}));return 0})},
(s,k,c,m,o,y)=>{s[43]=c.map(v0=>{const x=(s[21][v0]&&s[13][v0].some(v1=>true));o?.push(entry("has-disability",m[v0],true,x,null,{counted:s[21][v0],disabilities:(y[13]??=s[13].map(v=>v.map(r=>({kind:r.kind,grade:r.grade}))))[v0]}));return x})},
(s,k,c,m,o,y)=>{s[44]=c.map(v0=>{const x=(s[21][v0]&&s[12][v0].some(v1=>true));o?.push(entry("has-illness",m[v0],true,x,null,{counted:s[21][v0],illnesses:(y[12]??=s[12].map(v=>v.slice()))[v0]}));return x})},
(s,k,c,m,o,y)=>{s[45]=c.map(v0=>{const d0=(s[21][v0]?((s[11][v0]==="scattered_orphan")?0:2):1);if(d0===0){const x=true;o?.push(entry("visit-scattered-orphan",m[v0],true,x,null,{counted:s[21][v0],guardianship:s[11][v0]}));return x}o?.push(d0===1?entry("visit-scattered-orphan",m[v0],false,null,"counted",{counted:s[21][v0]}):entry("visit-scattered-orphan",m[v0],false,null,"guardianship == 'scattered_orphan'",{counted:s[21][v0],guardianship:s[11][v0]}));return false})},
(s,k,c,m,o,y)=>{s[46]=c.map(v0=>{const d0=(s[21][v0]?((s[11][v0]==="de_facto_unsupported")?((s[20][v0]<k[1])?0:3):2):1);if(d0===0){const x=true;o?.push(entry("visit-unsupported-child",m[v0],true,x,null,{counted:s[21][v0],guardianship:s[11][v0],age:s[20][v0],child_age:k[0]}));return x}o?.push(d0===1?entry("visit-unsupported-child",m[v0],false,null,"counted",{counted:s[21][v0]}):d0===2?entry("visit-unsupported-child",m[v0],false,null,"guardianship == 'de_facto_unsupported'",{counted:s[21][v0],guardianship:s[11][v0]}):entry("visit-unsupported-child",m[v0],false,null,"age < child_age",{counted:s[21][v0],guardianship:s[11][v0],age:s[20][v0],child_age:k[0]}));return false})},
(s,k,c,m,o,y)=>{s[47]=c.map(v0=>{const x=(s[26][v0]&&k[0].includes(s[9][v0]));o?.push(entry("single-parent",m[v0],true,x,null,{has_child_in_school:s[26][v0],marital_status:s[9][v0]}));return x})},
(s,k,c,m,o,y)=>{const x=(c.some(v0=>s[43][v0])||c.some(v1=>s[44][v1])||c.some(v2=>s[47][v2])||s[2]||(s[3]&&c.every(v3=>!(s[21][v3])||(s[20][v3]>=k[0])))||s[4]);o?.push(entry("relief-category",null,true,x,null,{"members.has_disability":(y[43]??=s[43].slice()),"members.has_illness":(y[44]??=s[44].slice()),"members.single_parent":(y[47]??=s[47].slice()),receives_family_planning_support:s[2],childless:s[3],"members.counted":(y[21]??=s[21].slice()),"members.age":(y[20]??=s[20].slice()),elder_age:k[1],hardship_recognized:s[4]}));s[48]=x;return 0},
(s,k,c,m,o,y)=>{const d0=((s[39]==="low_income")?(s[48]?0:2):1);if(d0===0){const x=k[0];o?.push(entry("low-income-relief",null,true,yuan(x),null,{programme:s[39],relief_category:s[48],low_income_relief_amount:k[1]}));s[49]=x;return 0}o?.push(d0===1?entry("low-income-relief",null,false,null,"programme == 'low_income'",{programme:s[39]}):entry("low-income-relief",null,false,null,"relief_category",{programme:s[39],relief_category:s[48]}));s[49]=0;return 0},
(s,k,c,m,o,y)=>{const x=(((s[40]+c.reduce((n,v2)=>n+s[42][v2],0))+s[49])+c.reduce((n,v2)=>n+s[50][v2],0));o?.push(entry("monthly-total",null,true,yuan(x),null,{dibao_gap:(y[40]??=yuan(s[40])),elder_supplement:(y[42]??=s[42].map(v=>yuan(v))),low_income_relief:(y[49]??=yuan(s[49])),orphan_student_supplement:(y[50]??=s[50].map(v=>yuan(v)))}));s[51]=x;return 0},
(s,k,c,m,o,y)=>{s[52]=c.map(v0=>{const d0=(s[21][v0]?(k[2].includes(s[11][v0])?((s[20][v0]<k[1])?0:3):2):1);if(d0===0){const x=true;o?.push(entry("orphan-aid-referral",m[v0],true,x,null,{counted:s[21][v0],guardianship:s[11][v0],age:s[20][v0],child_age:k[0]}));return x}o?.push(d0===1?entry("orphan-aid-referral",m[v0],false,null,"counted",{counted:s[21][v0]}):d0===2?entry("orphan-aid-referral",m[v0],false,null,"guardianship in ('scattered_orphan', 'de_facto_unsupported')",{counted:s[21][v0],guardianship:s[11][v0]}):entry("orphan-aid-referral",m[v0],false,null,"age < child_age",{counted:s[21][v0],guardianship:s[11][v0],age:s[20][v0],child_age:k[0]}));return false})},
(s,k,c,m,o,y)=>{if((s[39]==="dibao")){const x=k[0];o?.push(entry("dibao-paid-from",null,true,x,null,{programme:s[39],dibao_payment_delay:k[1]}));s[53]=x;return 0}o?.push(entry("dibao-paid-from",null,false,null,"programme == 'dibao'",{programme:s[39]}));{const x=k[2];o?.push(entry("relief-paid-from",null,true,x,null,{relief_payment_delay:k[3]}));s[53]=x;return 1}},
(s,k,c,m,o,y)=>{const x=rounded(s[35],Math.max(k[0],s[36]),1,"half-up");o?.push(entry("per-capita-income",null,true,yuan(x),null,{countable_income:(y[35]??=yuan(s[35])),counted_members:s[36]}));s[54]=x;return 0},
(s,k,c,m,o,y)=>{const x=k[0];o?.push(entry("standard",null,true,yuan(x),null,{dibao_standard:k[1]}));s[55]=x;return 0},
(s,k,c)=>c.some(v0=>(s[50][v0]>k[0])),
(s,k,c,m,o,y)=>{s[41]=c.map(v0=>{const d0=(s[21][v0]?((s[20][v0]>=k[3])?((s[39]!=="none")?(((s[20][v0]>=k[2])||(s[17][v0]==="alone")||(s[17][v0]==="with_spouse_only")||(s[16][v0]==="dependent"))?0:4):3):2):1);if(d0===0){const x=true;o?.push(entry("elder-services",m[v0],true,x,null,{counted:s[21][v0],age:s[20][v0],elder_age:k[0],programme:s[39],advanced_age:k[1],living_arrangement:s[17][v0],self_care:s[16][v0]}));return x}o?.push(d0===1?entry("elder-services",m[v0],false,null,"counted",{counted:s[21][v0]}):d0===2?entry("elder-services",m[v0],false,null,"age >= elder_age",{counted:s[21][v0],age:s[20][v0],elder_age:k[0]}):d0===3?entry("elder-services",m[v0],false,null,"programme != 'none'",{counted:s[21][v0],age:s[20][v0],elder_age:k[0],programme:s[39]}):entry("elder-services",m[v0],false,null,"reading('advanced-age') == 'every-elder' or age >= advanced_age or living_arrangement == 'alone' or reading('empty-nest') == 'couples-too' and living_arrangement == 'with_spouse_only' or self_care == 'dependent' or reading('incapacity') == 'partly-too' and self_care == 'partly_dependent'",{counted:s[21][v0],age:s[20][v0],elder_age:k[0],programme:s[39],advanced_age:k[1],living_arrangement:s[17][v0],self_care:s[16][v0]}));return false})},
(s,k,c,m,o,y)=>{s[41]=c.map(v0=>{const d0=(s[21][v0]?((s[20][v0]>=k[3])?((s[39]!=="none")?(((s[20][v0]>=k[2])||(s[17][v0]==="alone")||(s[17][v0]==="with_spouse_only")||(s[16][v0]==="dependent")||(s[16][v0]==="partly_dependent"))?0:4):3):2):1);if(d0===0){const x=true;o?.push(entry("elder-services",m[v0],true,x,null,{counted:s[21][v0],age:s[20][v0],elder_age:k[0],programme:s[39],advanced_age:k[1],living_arrangement:s[17][v0],self_care:s[16][v0]}));return x}o?.push(d0===1?entry("elder-services",m[v0],false,null,"counted",{counted:s[21][v0]}):d0===2?entry("elder-services",m[v0],false,null,"age >= elder_age",{counted:s[21][v0],age:s[20][v0],elder_age:k[0]}):d0===3?entry("elder-services",m[v0],false,null,"programme != 'none'",{counted:s[21][v0],age:s[20][v0],elder_age:k[0],programme:s[39]}):entry("elder-services",m[v0],false,null,"reading('advanced-age') == 'every-elder' or age >= advanced_age or living_arrangement == 'alone' or reading('empty-nest') == 'couples-too' and living_arrangement == 'with_spouse_only' or self_care == 'dependent' or reading('incapacity') == 'partly-too' and self_care == 'partly_dependent'",{counted:s[21][v0],age:s[20][v0],elder_age:k[0],programme:s[39],advanced_age:k[1],living_arrangement:s[17][v0],self_care:s[16][v0]}));return false})},
(s,k,c,m,o,y)=>{s[41]=c.map(v0=>{const d0=(s[21][v0]?((s[20][v0]>=k[3])?((s[39]!=="none")?(((s[20][v0]>=k[2])||(s[17][v0]==="alone")||(s[16][v0]==="dependent"))?0:4):3):2):1);if(d0===0){const x=true;o?.push(entry("elder-services",m[v0],true,x,null,{counted:s[21][v0],age:s[20][v0],elder_age:k[0],programme:s[39],advanced_age:k[1],living_arrangement:s[17][v0],self_care:s[16][v0]}));return x}o?.push(d0===1?entry("elder-services",m[v0],false,null,"counted",{counted:s[21][v0]}):d0===2?entry("elder-services",m[v0],false,null,"age >= elder_age",{counted:s[21][v0],age:s[20][v0],elder_age:k[0]}):d0===3?entry("elder-services",m[v0],false,null,"programme != 'none'",{counted:s[21][v0],age:s[20][v0],elder_age:k[0],programme:s[39]}):entry("elder-services",m[v0],false,null,"reading('advanced-age') == 'every-elder' or age >= advanced_age or living_arrangement == 'alone' or reading('empty-nest') == 'couples-too' and living_arrangement == 'with_spouse_only' or self_care == 'dependent' or reading('incapacity') == 'partly-too' and self_care == 'partly_dependent'",{counted:s[21][v0],age:s[20][v0],elder_age:k[0],programme:s[39],advanced_age:k[1],living_arrangement:s[17][v0],self_care:s[16][v0]}));return false})},
(s,k,c,m,o,y)=>{s[41]=c.map(v0=>{const d0=(s[21][v0]?((s[20][v0]>=k[3])?((s[39]!=="none")?(((s[20][v0]>=k[2])||(s[17][v0]==="alone")||(s[16][v0]==="dependent")||(s[16][v0]==="partly_dependent"))?0:4):3):2):1);if(d0===0){const x=true;o?.push(entry("elder-services",m[v0],true,x,null,{counted:s[21][v0],age:s[20][v0],elder_age:k[0],programme:s[39],advanced_age:k[1],living_arrangement:s[17][v0],self_care:s[16][v0]}));return x}o?.push(d0===1?entry("elder-services",m[v0],false,null,"counted",{counted:s[21][v0]}):d0===2?entry("elder-services",m[v0],false,null,"age >= elder_age",{counted:s[21][v0],age:s[20][v0],elder_age:k[0]}):d0===3?entry("elder-services",m[v0],false,null,"programme != 'none'",{counted:s[21][v0],age:s[20][v0],elder_age:k[0],programme:s[39]}):entry("elder-services",m[v0],false,null,"reading('advanced-age') == 'every-elder' or age >= advanced_age or living_arrangement == 'alone' or reading('empty-nest') == 'couples-too' and living_arrangement == 'with_spouse_only' or self_care == 'dependent' or reading('incapacity') == 'partly-too' and self_care == 'partly_dependent'",{counted:s[21][v0],age:s[20][v0],elder_age:k[0],programme:s[39],advanced_age:k[1],living_arrangement:s[17][v0],self_care:s[16][v0]}));return false})},
(s,k,c,m,o,y)=>{s[41]=c.map(v0=>{const d0=(s[21][v0]?((s[20][v0]>=k[1])?((s[39]!=="none")?(true?0:4):3):2):1);if(d0===0){const x=true;o?.push(entry("elder-services",m[v0],true,x,null,{counted:s[21][v0],age:s[20][v0],elder_age:k[0],programme:s[39],living_arrangement:s[17][v0],self_care:s[16][v0]}));return x}o?.push(d0===1?entry("elder-services",m[v0],false,null,"counted",{counted:s[21][v0]}):d0===2?entry("elder-services",m[v0],false,null,"age >= elder_age",{counted:s[21][v0],age:s[20][v0],elder_age:k[0]}):d0===3?entry("elder-services",m[v0],false,null,"programme != 'none'",{counted:s[21][v0],age:s[20][v0],elder_age:k[0],programme:s[39]}):entry("elder-services",m[v0],false,null,"reading('advanced-age') == 'every-elder' or age >= advanced_age or living_arrangement == 'alone' or reading('empty-nest') == 'couples-too' and living_arrangement == 'with_spouse_only' or self_care == 'dependent' or reading('incapacity') == 'partly-too' and self_care == 'partly_dependent'",{counted:s[21][v0],age:s[20][v0],elder_age:k[0],programme:s[39],living_arrangement:s[17][v0],self_care:s[16][v0]}));return false})},
(s,k,c,m,o,y)=>{const x=Math.max(k[0],(s[24]-(((s[27]+s[28])+c.reduce((n,v2)=>n+s[33][v2],0))+c.reduce((n,v2)=>n+s[34][v2],0))));o?.push(entry("countable-income",null,true,yuan(x),null,{income:(y[24]??=yuan(s[24])),widowed_single_parent_deduction:(y[27]??=yuan(s[27])),divorced_single_parent_deduction:(y[28]??=yuan(s[28])),listed_disease_deduction:(y[33]??=s[33].map(v=>yuan(v))),severe_disability_deduction:(y[34]??=s[34].map(v=>yuan(v)))}));s[35]=x;return 0},
(s,k,c,m,o,y)=>{const x=Math.max(k[0],(s[24]-(((s[27]+s[28])+s[57])+s[58])));o?.push(entry("countable-income",null,true,yuan(x),null,{income:(y[24]??=yuan(s[24])),widowed_single_parent_deduction:(y[27]??=yuan(s[27])),divorced_single_parent_deduction:(y[28]??=yuan(s[28])),listed_disease_deduction:(y[57]??=yuan(s[57])),severe_disability_deduction:(y[58]??=yuan(s[58]))}));s[35]=x;return 0},
(s,k,c,m,o,y)=>{s[33]=c.map(v0=>{const d0=((s[29][v0]>k[0])?(true?0:2):1);if(d0===0){const x=s[29][v0];o?.push(entry("listed-disease-deduction",m[v0],true,yuan(x),null,{disease_amount:(y[29]??=s[29].map(v=>yuan(v)))[v0],disability_amount:(y[30]??=s[30].map(v=>yuan(v)))[v0]}));return x}o?.push(d0===1?entry("listed-disease-deduction",m[v0],false,null,"disease_amount > 0",{disease_amount:(y[29]??=s[29].map(v=>yuan(v)))[v0]}):entry("listed-disease-deduction",m[v0],false,null,"reading('disease-and-disability') == 'sum' or disease_amount >= disability_amount",{disease_amount:(y[29]??=s[29].map(v=>yuan(v)))[v0],disability_amount:(y[30]??=s[30].map(v=>yuan(v)))[v0]}));return 0})},
(s,k,c,m,o,y)=>{s[34]=c.map(v0=>{const d0=((s[30][v0]>k[0])?(true?0:2):1);if(d0===0){const x=s[30][v0];o?.push(entry("severe-disability-deduction",m[v0],true,yuan(x),null,{disability_amount:(y[30]??=s[30].map(v=>yuan(v)))[v0],disease_amount:(y[29]??=s[29].map(v=>yuan(v)))[v0]}));return x}o?.push(d0===1?entry("severe-disability-deduction",m[v0],false,null,"disability_amount > 0",{disability_amount:(y[30]??=s[30].map(v=>yuan(v)))[v0]}):entry("severe-disability-deduction",m[v0],false,null,"reading('disease-and-disability') == 'sum' or disability_amount > disease_amount",{disability_amount:(y[30]??=s[30].map(v=>yuan(v)))[v0],disease_amount:(y[29]??=s[29].map(v=>yuan(v)))[v0]}));return 0})},
(s,k,c,m,o,y)=>{s[33]=c.map(v0=>{const d0=((s[29][v0]>k[0])?((s[29][v0]>=s[30][v0])?0:2):1);if(d0===0){const x=s[29][v0];o?.push(entry("listed-disease-deduction",m[v0],true,yuan(x),null,{disease_amount:(y[29]??=s[29].map(v=>yuan(v)))[v0],disability_amount:(y[30]??=s[30].map(v=>yuan(v)))[v0]}));return x}o?.push(d0===1?entry("listed-disease-deduction",m[v0],false,null,"disease_amount > 0",{disease_amount:(y[29]??=s[29].map(v=>yuan(v)))[v0]}):entry("listed-disease-deduction",m[v0],false,null,"reading('disease-and-disability') == 'sum' or disease_amount >= disability_amount",{disease_amount:(y[29]??=s[29].map(v=>yuan(v)))[v0],disability_amount:(y[30]??=s[30].map(v=>yuan(v)))[v0]}));return 0})},
(s,k,c,m,o,y)=>{s[34]=c.map(v0=>{const d0=((s[30][v0]>k[0])?((s[30][v0]>s[29][v0])?0:2):1);if(d0===0){const x=s[30][v0];o?.push(entry("severe-disability-deduction",m[v0],true,yuan(x),null,{disability_amount:(y[30]??=s[30].map(v=>yuan(v)))[v0],disease_amount:(y[29]??=s[29].map(v=>yuan(v)))[v0]}));return x}o?.push(d0===1?entry("severe-disability-deduction",m[v0],false,null,"disability_amount > 0",{disability_amount:(y[30]??=s[30].map(v=>yuan(v)))[v0]}):entry("severe-disability-deduction",m[v0],false,null,"reading('disease-and-disability') == 'sum' or disability_amount > disease_amount",{disability_amount:(y[30]??=s[30].map(v=>yuan(v)))[v0],disease_amount:(y[29]??=s[29].map(v=>yuan(v)))[v0]}));return 0})},
(s,k,c,m,o,y)=>{const d0=((s[31]>k[0])?(true?0:2):1);if(d0===0){const x=s[31];o?.push(entry("listed-disease-deduction",null,true,yuan(x),null,{household_disease_amount:(y[31]??=yuan(s[31])),household_disability_amount:(y[32]??=yuan(s[32]))}));s[57]=x;return 0}o?.push(d0===1?entry("listed-disease-deduction",null,false,null,"household_disease_amount > 0",{household_disease_amount:(y[31]??=yuan(s[31]))}):entry("listed-disease-deduction",null,false,null,"reading('disease-and-disability') == 'sum' or household_disease_amount >= household_disability_amount",{household_disease_amount:(y[31]??=yuan(s[31])),household_disability_amount:(y[32]??=yuan(s[32]))}));s[57]=0;return 0},
(s,k,c,m,o,y)=>{const d0=((s[32]>k[0])?(true?0:2):1);if(d0===0){const x=s[32];o?.push(entry("severe-disability-deduction",null,true,yuan(x),null,{household_disability_amount:(y[32]??=yuan(s[32])),household_disease_amount:(y[31]??=yuan(s[31]))}));s[58]=x;return 0}o?.push(d0===1?entry("severe-disability-deduction",null,false,null,"household_disability_amount > 0",{household_disability_amount:(y[32]??=yuan(s[32]))}):entry("severe-disability-deduction",null,false,null,"reading('disease-and-disability') == 'sum' or household_disability_amount > household_disease_amount",{household_disability_amount:(y[32]??=yuan(s[32])),household_disease_amount:(y[31]??=yuan(s[31]))}));s[58]=0;return 0},
(s,k,c,m,o,y)=>{const d0=((s[31]>k[0])?((s[31]>=s[32])?0:2):1);if(d0===0){const x=s[31];o?.push(entry("listed-disease-deduction",null,true,yuan(x),null,{household_disease_amount:(y[31]??=yuan(s[31])),household_disability_amount:(y[32]??=yuan(s[32]))}));s[57]=x;return 0}o?.push(d0===1?entry("listed-disease-deduction",null,false,null,"household_disease_amount > 0",{household_disease_amount:(y[31]??=yuan(s[31]))}):entry("listed-disease-deduction",null,false,null,"reading('disease-and-disability') == 'sum' or household_disease_amount >= household_disability_amount",{household_disease_amount:(y[31]??=yuan(s[31])),household_disability_amount:(y[32]??=yuan(s[32]))}));s[57]=0;return 0},
(s,k,c,m,o,y)=>{const d0=((s[32]>k[0])?((s[32]>s[31])?0:2):1);if(d0===0){const x=s[32];o?.push(entry("severe-disability-deduction",null,true,yuan(x),null,{household_disability_amount:(y[32]??=yuan(s[32])),household_disease_amount:(y[31]??=yuan(s[31]))}));s[58]=x;return 0}o?.push(d0===1?entry("severe-disability-deduction",null,false,null,"household_disability_amount > 0",{household_disability_amount:(y[32]??=yuan(s[32]))}):entry("severe-disability-deduction",null,false,null,"reading('disease-and-disability') == 'sum' or household_disability_amount > household_disease_amount",{household_disability_amount:(y[32]??=yuan(s[32])),household_disease_amount:(y[31]??=yuan(s[31]))}));s[58]=0;return 0},
(s,k,c,m,o,y)=>{s[56]=c.map(v0=>{const d0=(s[21][v0]?((s[19][v0]==="this_year")?((s[39]!=="none")?0:3):2):1);if(d0===0){const x=true;o?.push(entry("study-aid-referral",m[v0],true,x,null,{counted:s[21][v0],university_admission:s[19][v0],programme:s[39],hardship_recognized:s[4]}));return x}o?.push(d0===1?entry("study-aid-referral",m[v0],false,null,"counted",{counted:s[21][v0]}):d0===2?entry("study-aid-referral",m[v0],false,null,"university_admission == 'this_year'",{counted:s[21][v0],university_admission:s[19][v0]}):entry("study-aid-referral",m[v0],false,null,"programme != 'none' or reading('difficult-family') == 'recognized-too' and hardship_recognized",{counted:s[21][v0],university_admission:s[19][v0],programme:s[39],hardship_recognized:s[4]}));return false})},
(s,k,c,m,o,y)=>{s[56]=c.map(v0=>{const d0=(s[21][v0]?((s[19][v0]==="this_year")?(((s[39]!=="none")||s[4])?0:3):2):1);if(d0===0){const x=true;o?.push(entry("study-aid-referral",m[v0],true,x,null,{counted:s[21][v0],university_admission:s[19][v0],programme:s[39],hardship_recognized:s[4]}));return x}o?.push(d0===1?entry("study-aid-referral",m[v0],false,null,"counted",{counted:s[21][v0]}):d0===2?entry("study-aid-referral",m[v0],false,null,"university_admission == 'this_year'",{counted:s[21][v0],university_admission:s[19][v0]}):entry("study-aid-referral",m[v0],false,null,"programme != 'none' or reading('difficult-family') == 'recognized-too' and hardship_recognized",{counted:s[21][v0],university_admission:s[19][v0],programme:s[39],hardship_recognized:s[4]}));return false})},
(s,k,c,m,o,y)=>{s[29]=c.map(v0=>{const x=(!(s[21][v0])?k[0]:(s[12][v0].some(v1=>k[1].includes(v1))?k[2]:(!(s[12][v0].some(v2=>k[3].includes(v2)))?k[4]:k[5])));o?.push(entry("disease-amount",m[v0],true,yuan(x),null,{counted:s[21][v0],illnesses:(y[12]??=s[12].map(v=>v.slice()))[v0],first_eight_diseases:k[6],dibao_standard:k[7],higher_deduction_share:k[8],other_seven_diseases:k[9],lower_deduction_share:k[10]}));return x})},
(s,k,c,m,o,y)=>{const d0=((s[27]===k[2])?(c.some(v0=>((s[9][v0]==="divorced")&&s[26][v0]))?0:2):1);if(d0===0){const x=k[0];o?.push(entry("divorced-single-parent-deduction",null,true,yuan(x),null,{widowed_single_parent_deduction:(y[27]??=yuan(s[27])),"members.marital_status":(y[9]??=s[9].slice()),"members.has_child_in_school":(y[26]??=s[26].slice()),divorced_deduction:k[1]}));s[28]=x;return 0}o?.push(d0===1?entry("divorced-single-parent-deduction",null,false,null,"widowed_single_parent_deduction == 0",{widowed_single_parent_deduction:(y[27]??=yuan(s[27]))}):entry("divorced-single-parent-deduction",null,false,null,"any((member.marital_status == 'divorced' or reading('single-parent-scope') == 'all-others' and member.marital_status in ('separated', 'never_married')) and member.has_child_in_school for member in members)",{widowed_single_parent_deduction:(y[27]??=yuan(s[27])),"members.marital_status":(y[9]??=s[9].slice()),"members.has_child_in_school":(y[26]??=s[26].slice())}));s[28]=0;return 0},
(s,k,c,m,o,y)=>{const d0=((s[27]===k[3])?(c.some(v0=>(((s[9][v0]==="divorced")||k[2].includes(s[9][v0]))&&s[26][v0]))?0:2):1);if(d0===0){const x=k[0];o?.push(entry("divorced-single-parent-deduction",null,true,yuan(x),null,{widowed_single_parent_deduction:(y[27]??=yuan(s[27])),"members.marital_status":(y[9]??=s[9].slice()),"members.has_child_in_school":(y[26]??=s[26].slice()),divorced_deduction:k[1]}));s[28]=x;return 0}o?.push(d0===1?entry("divorced-single-parent-deduction",null,false,null,"widowed_single_parent_deduction == 0",{widowed_single_parent_deduction:(y[27]??=yuan(s[27]))}):entry("divorced-single-parent-deduction",null,false,null,"any((member.marital_status == 'divorced' or reading('single-parent-scope') == 'all-others' and member.marital_status in ('separated', 'never_married')) and member.has_child_in_school for member in members)",{widowed_single_parent_deduction:(y[27]??=yuan(s[27])),"members.marital_status":(y[9]??=s[9].slice()),"members.has_child_in_school":(y[26]??=s[26].slice())}));s[28]=0;return 0},
(s,k,c,m,o,y)=>{s[50]=c.map(v0=>{const d0=((s[39]==="dibao")?(s[21][v0]?(k[2].includes(s[11][v0])?(s[25][v0]?0:4):3):2):1);if(d0===0){const x=k[0];o?.push(entry("orphan-student-supplement",m[v0],true,yuan(x),null,{programme:s[39],counted:s[21][v0],guardianship:s[11][v0],in_school:s[25][v0],orphan_student_supplement_amount:k[1]}));return x}o?.push(d0===1?entry("orphan-student-supplement",m[v0],false,null,"programme == 'dibao'",{programme:s[39]}):d0===2?entry("orphan-student-supplement",m[v0],false,null,"counted",{programme:s[39],counted:s[21][v0]}):d0===3?entry("orphan-student-supplement",m[v0],false,null,"guardianship in ('scattered_orphan', 'de_facto_unsupported')",{programme:s[39],counted:s[21][v0],guardianship:s[11][v0]}):entry("orphan-student-supplement",m[v0],false,null,"in_school or reading('student-scope') == 'unsupported-only' and guardianship == 'scattered_orphan'",{programme:s[39],counted:s[21][v0],guardianship:s[11][v0],in_school:s[25][v0]}));return 0})},
(s,k,c,m,o,y)=>{s[50]=c.map(v0=>{const d0=((s[39]==="dibao")?(s[21][v0]?(k[2].includes(s[11][v0])?((s[25][v0]||(s[11][v0]==="scattered_orphan"))?0:4):3):2):1);if(d0===0){const x=k[0];o?.push(entry("orphan-student-supplement",m[v0],true,yuan(x),null,{programme:s[39],counted:s[21][v0],guardianship:s[11][v0],in_school:s[25][v0],orphan_student_supplement_amount:k[1]}));return x}o?.push(d0===1?entry("orphan-student-supplement",m[v0],false,null,"programme == 'dibao'",{programme:s[39]}):d0===2?entry("orphan-student-supplement",m[v0],false,null,"counted",{programme:s[39],counted:s[21][v0]}):d0===3?entry("orphan-student-supplement",m[v0],false,null,"guardianship in ('scattered_orphan', 'de_facto_unsupported')",{programme:s[39],counted:s[21][v0],guardianship:s[11][v0]}):entry("orphan-student-supplement",m[v0],false,null,"in_school or reading('student-scope') == 'unsupported-only' and guardianship == 'scattered_orphan'",{programme:s[39],counted:s[21][v0],guardianship:s[11][v0],in_school:s[25][v0]}));return 0})},
(s,k,c)=>true,
(s,k,c,m,o,y)=>{s[59]=c.map(v0=>{const d0=(s[21][v0]?((s[18][v0]==="scattered")?0:2):1);if(d0===0){const x=true;o?.push(entry("visit-scattered-destitute",m[v0],true,x,null,{counted:s[21][v0],destitute_support:s[18][v0]}));return x}o?.push(d0===1?entry("visit-scattered-destitute",m[v0],false,null,"counted",{counted:s[21][v0]}):entry("visit-scattered-destitute",m[v0],false,null,"destitute_support == 'scattered'",{counted:s[21][v0],destitute_support:s[18][v0]}));return false})},
(s,k,c,m,o,y)=>{s[62]=c.map(v0=>{if((s[45][v0]||s[46][v0]||s[59][v0]||s[60][v0]||s[61][v0])){const x=true;o?.push(entry("life-service-centre",m[v0],true,x,null,{visit_scattered_orphan:s[45][v0],visit_unsupported_child:s[46][v0],visit_scattered_destitute:s[59][v0],visit_severe_illness:s[60][v0],visit_severe_disability:s[61][v0]}));return x}o?.push(entry("life-service-centre",m[v0],false,null,"visit_scattered_orphan or visit_unsupported_child or visit_scattered_destitute or visit_severe_illness or visit_severe_disability",{visit_scattered_orphan:s[45][v0],visit_unsupported_child:s[46][v0],visit_scattered_destitute:s[59][v0],visit_severe_illness:s[60][v0],visit_severe_disability:s[61][v0]}));return false})},
(s,k,c,m,o,y)=>{if((s[39]==="dibao")){const x=true;o?.push(entry("review-dibao-household",null,true,x,null,{programme:s[39]}));s[63]=x;return 0}o?.push(entry("review-dibao-household",null,false,null,"programme == 'dibao'",{programme:s[39]}));s[63]=false;return 0},
(s,k,c,m,o,y)=>{s[60]=c.map(v0=>{const d0=(s[44][v0]?(true?0:2):1);if(d0===0){const x=true;o?.push(entry("visit-severe-illness",m[v0],true,x,null,{has_illness:s[44][v0],programme:s[39]}));return x}o?.push(d0===1?entry("visit-severe-illness",m[v0],false,null,"has_illness",{has_illness:s[44][v0]}):entry("visit-severe-illness",m[v0],false,null,"reading('visit-scope') == 'special-groups' or programme != 'none'",{has_illness:s[44][v0],programme:s[39]}));return false})},
(s,k,c,m,o,y)=>{s[61]=c.map(v0=>{const d0=(s[21][v0]?(s[13][v0].some(v1=>(k[2].includes(v1.kind)&&(v1.grade<=k[3])))?(true?0:3):2):1);if(d0===0){const x=true;o?.push(entry("visit-severe-disability",m[v0],true,x,null,{counted:s[21][v0],disabilities:(y[13]??=s[13].map(v=>v.map(r=>({kind:r.kind,grade:r.grade}))))[v0],severe_disability_kinds:k[0],disability_grade_limit:k[1],programme:s[39]}));return x}o?.push(d0===1?entry("visit-severe-disability",m[v0],false,null,"counted",{counted:s[21][v0]}):d0===2?entry("visit-severe-disability",m[v0],false,null,"any(disability.kind in severe_disability_kinds and disability.grade <= disability_grade_limit for disability in disabilities)",{counted:s[21][v0],disabilities:(y[13]??=s[13].map(v=>v.map(r=>({kind:r.kind,grade:r.grade}))))[v0],severe_disability_kinds:k[0],disability_grade_limit:k[1]}):entry("visit-severe-disability",m[v0],false,null,"reading('visit-scope') == 'special-groups' or programme != 'none'",{counted:s[21][v0],disabilities:(y[13]??=s[13].map(v=>v.map(r=>({kind:r.kind,grade:r.grade}))))[v0],severe_disability_kinds:k[0],disability_grade_limit:k[1],programme:s[39]}));return false})},
(s,k,c,m,o,y)=>{s[60]=c.map(v0=>{const d0=(s[44][v0]?((s[39]!=="none")?0:2):1);if(d0===0){const x=true;o?.push(entry("visit-severe-illness",m[v0],true,x,null,{has_illness:s[44][v0],programme:s[39]}));return x}o?.push(d0===1?entry("visit-severe-illness",m[v0],false,null,"has_illness",{has_illness:s[44][v0]}):entry("visit-severe-illness",m[v0],false,null,"reading('visit-scope') == 'special-groups' or programme != 'none'",{has_illness:s[44][v0],programme:s[39]}));return false})},
(s,k,c,m,o,y)=>{s[61]=c.map(v0=>{const d0=(s[21][v0]?(s[13][v0].some(v1=>(k[2].includes(v1.kind)&&(v1.grade<=k[3])))?((s[39]!=="none")?0:3):2):1);if(d0===0){const x=true;o?.push(entry("visit-severe-disability",m[v0],true,x,null,{counted:s[21][v0],disabilities:(y[13]??=s[13].map(v=>v.map(r=>({kind:r.kind,grade:r.grade}))))[v0],severe_disability_kinds:k[0],disability_grade_limit:k[1],programme:s[39]}));return x}o?.push(d0===1?entry("visit-severe-disability",m[v0],false,null,"counted",{counted:s[21][v0]}):d0===2?entry("visit-severe-disability",m[v0],false,null,"any(disability.kind in severe_disability_kinds and disability.grade <= disability_grade_limit for disability in disabilities)",{counted:s[21][v0],disabilities:(y[13]??=s[13].map(v=>v.map(r=>({kind:r.kind,grade:r.grade}))))[v0],severe_disability_kinds:k[0],disability_grade_limit:k[1]}):entry("visit-severe-disability",m[v0],false,null,"reading('visit-scope') == 'special-groups' or programme != 'none'",{counted:s[21][v0],disabilities:(y[13]??=s[13].map(v=>v.map(r=>({kind:r.kind,grade:r.grade}))))[v0],severe_disability_kinds:k[0],disability_grade_limit:k[1],programme:s[39]}));return false})},
(s,k,c)=>c.some(v0=>(s[22][v0]>k[0])),
(s,k,c,m,o,y)=>{s[29]=c.map(v0=>{const x=(!(s[21][v0])?k[0]:(s[12][v0].some(v1=>k[1].includes(v1))?k[2]:(s[12][v0].some(v2=>k[3].includes(v2))?k[4]:(s[12][v0].some(v3=>k[5].includes(v3))?k[6]:k[7]))));o?.push(entry("disease-amount",m[v0],true,yuan(x),null,{counted:s[21][v0],illnesses:(y[12]??=s[12].map(v=>v.slice()))[v0],first_eight_diseases:k[8],notice_first_amount:k[9],other_seven_diseases:k[10],notice_second_amount:k[11],notice_further_diseases:k[12],notice_third_amount:k[13]}));return x})},
(s,k,c,m,o,y)=>{s[30]=c.map(v0=>{const x=(!(s[21][v0])?k[0]:(s[13][v0].some(v1=>(k[1].includes(v1.kind)&&(v1.grade<=k[2])))?k[3]:(s[13][v0].some(v2=>((k[4].includes(v2.kind)&&(v2.grade<=k[5]))||(k[6].includes(v2.kind)&&(v2.grade===k[7]))))?k[8]:k[9])));o?.push(entry("disability-amount",m[v0],true,yuan(x),null,{counted:s[21][v0],disabilities:(y[13]??=s[13].map(v=>v.map(r=>({kind:r.kind,grade:r.grade}))))[v0],severe_disability_kinds:k[10],disability_grade_limit:k[11],notice_second_amount:k[12],notice_speech_hearing_kinds:k[13],notice_third_grade_kinds:k[14],notice_third_grade:k[15],notice_third_amount:k[16]}));return x})},
(s,k,c)=>((s[27]>k[0])||(s[28]>k[1])),
(s,k,c)=>c.some(v0=>((s[42][v0]>k[0])||(s[50][v0]>k[1])))];
const INPUTS=[{end:99999999,refused:{run:(s,k,c)=>!(c.some(v0=>(s[6][v0]==="applicant")))||(c.reduce((n,v0)=>(s[6][v0]==="applicant")?n+1:n,0)>k[0])||(c.reduce((n,v0)=>(s[6][v0]==="spouse")?n+1:n,0)>k[2])||c.some(v0=>((s[6][v0]==="applicant")&&(s[15][v0]!=="none"))||(s[93][v0]&&((years(s[7][v0],s[0])>=k[1])&&((s[6][v0]==="applicant")||s[8][v0].some(v1=>true))))||((s[6][v0]==="spouse")&&c.some(v1=>(s[6][v1]==="applicant")&&(s[9][v1]!=="married")))||(s[7][v0]>s[0])||(s[98][v0]&&((s[15][v0]==="none")&&(years(s[7][v0],s[0])>=k[3])))||s[8][v0].some(v1=>(s[7][v0]>s[7][v1]))),k:[1,18,1,16]},
defaults:[{each:true,slot:8,number:3,value:null,taken:{run:(s,k,c)=>c.map(v0=>(s[6][v0]==="child")),k:[]},sure:{run:(s,k,c)=>c.map(v0=>(s[70][v0]&&(s[6][v0]==="child"))),k:[]},never:{run:(s,k,c)=>c.map(v0=>(s[70][v0]&&!((s[6][v0]==="child")))),k:[]},names:{run:(s,k,c)=>c.map(v0=>(s[6][v0]==="applicant")),k:[]},named:{run:(s,k,c)=>c.map(v0=>(s[70][v0]&&(s[6][v0]==="applicant"))),k:[]}},{each:true,slot:9,number:4,value:"never_married",taken:{run:(s,k,c)=>c.map(v0=>(years(s[7][v0],s[0])<k[0])),k:[18]},sure:{run:(s,k,c)=>c.map(v0=>((s[71][v0]&&s[64])&&(years(s[7][v0],s[0])<k[0]))),k:[18]},never:{run:(s,k,c)=>c.map(v0=>((s[71][v0]&&s[64])&&!((years(s[7][v0],s[0])<k[0])))),k:[18]}}],
checks:[{code:"NO_APPLICANT",form:"at_least_one",each:true,field:null,slot:null,relation:null,child:false,blanks:[],holds:{run:(s,k,c)=>c.every(v0=>(s[70][v0]&&!((s[6][v0]==="applicant")))),k:[]}},{code:"APPLICANT_NOT_COUNTED",form:"when",each:true,field:"absence",slot:null,relation:null,child:false,blanks:[],holds:{run:(s,k,c)=>c.map(v0=>((s[70][v0]&&(s[6][v0]==="applicant"))&&(s[79][v0]&&(s[15][v0]!=="none")))),k:[]}},{code:"SEVERAL_APPLICANTS",form:"at_most_one",each:true,field:"relationship",slot:6,relation:null,child:false,blanks:[],holds:{run:(s,k,c)=>c.map(v0=>(s[70][v0]&&(s[6][v0]==="applicant"))),k:[]}},{code:"MARITAL_STATUS_NEEDED",form:"needs",each:true,field:"marital_status",slot:9,relation:null,child:false,blanks:[],holds:{run:(s,k,c)=>c.map(v0=>(s[93][v0]&&(((s[71][v0]&&s[64])&&(years(s[7][v0],s[0])>=k[0]))&&((s[70][v0]&&(s[6][v0]==="applicant"))||s[8][v0].some(v1=>true))))),k:[18]}},{code:"SPOUSE_OF_UNMARRIED",form:"when",each:true,field:"relationship",slot:null,relation:null,child:false,blanks:[],holds:{run:(s,k,c)=>c.map(v0=>((s[70][v0]&&(s[6][v0]==="spouse"))&&c.some(v1=>((s[70][v1]&&(s[6][v1]==="applicant"))&&(s[73][v1]&&(s[9][v1]!=="married")))))),k:[]}},{code:"SEVERAL_SPOUSES",form:"at_most_one",each:true,field:"relationship",slot:6,relation:null,child:false,blanks:[],holds:{run:(s,k,c)=>c.map(v0=>(s[70][v0]&&(s[6][v0]==="spouse"))),k:[]}},{code:"BORN_LATER",form:"when",each:true,field:"birth_date",slot:null,relation:null,child:false,blanks:[],holds:{run:(s,k,c)=>c.map(v0=>((s[71][v0]&&s[64])&&(s[7][v0]>s[0]))),k:[]}},{code:"INCOMES_NEEDED",form:"needs",each:true,field:"incomes",slot:14,relation:null,child:false,blanks:[],holds:{run:(s,k,c)=>c.map(v0=>(s[98][v0]&&((s[79][v0]&&(s[15][v0]==="none"))&&((s[71][v0]&&s[64])&&(years(s[7][v0],s[0])>=k[0]))))),k:[16]}},{code:"PARENT_YOUNGER",form:"when",each:true,field:"parent",slot:null,relation:8,child:true,blanks:["id"],holds:{run:(s,k,c)=>c.map(v0=>s[8][v0].some(v1=>((s[71][v0]&&s[71][v1])&&(s[7][v0]>s[7][v1])))),k:[]}}]}];
const CODES0=new Set(["visual","physical","intellectual","mental","speech","hearing"]);
const CODES1=new Set(["wages","business","property","transfer","pension","residents_basic_pension","special_care_pension","family_planning_award","scholarship","valor_award","social_assistance","disability_subsidy"]);
const CODES2=new Set(["applicant","spouse","child","parent","grandparent","grandchild","sibling","other"]);
const CODES3=new Set(["never_married","married","separated","divorced","widowed"]);
const CODES4=new Set(["none","kindergarten","primary","junior_secondary","senior_secondary","vocational","undergraduate","postgraduate"]);
const CODES5=new Set(["none","scattered_orphan","institutional_orphan","de_facto_unsupported"]);
const CODES6=new Set(["uremia","kidney_transplant","leukemia","gaucher_disease","heart_transplant","liver_transplant","lung_transplant","bone_marrow_transplant","malignant_tumor","hemophilia","aplastic_anemia","mdr_tuberculosis","hemiplegia","lupus_erythematosus","heart_valve_replacement","vascular_stent","vascular_bypass","nephrotic_syndrome","cirrhosis","hyperthyroidism","type_1_diabetes","aids","cerebral_infarction","stromal_tumor","alzheimers_disease","myasthenia_gravis","sclerosis","epilepsy","cerebral_hemorrhage_sequelae","ankylosing_spondylitis","other_major_illness"]);
const CODES7=new Set(["none","imprisoned","compulsory_rehabilitation","conscript","religious_order","declared_missing"]);
const CODES8=new Set(["independent","partly_dependent","dependent"]);
const CODES9=new Set(["alone","with_spouse_only","with_children","with_others","in_institution"]);
const CODES10=new Set(["none","scattered","institutional"]);
const CODES11=new Set(["none","this_year"]);
function places(){const s=new Array(SIZE).fill(null);s[5]=[];s[6]=[];s[7]=[];s[8]=[];s[92]=[];s[9]=[];s[93]=[];s[10]=[];s[11]=[];s[12]=[];s[13]=[];s[14]=[];s[98]=[];s[15]=[];s[16]=[];s[17]=[];s[18]=[];s[19]=[];return s}
function takeMember_disabilities(v){if(!plain(v))return null;
let x0=v.kind;if(!CODES0.has(x0))return null;
let x1=v.grade;if(!whole(x1,1,4))return null;
return Object.keys(v).length===2?{kind:x0,grade:x1}:null}
function takeMember_incomes(v){if(!plain(v))return null;
let x0=v.kind;if(!CODES1.has(x0))return null;
let x1=v.monthly;if((x1=fenOf(x1,0,999999999,7))===null)return null;
return Object.keys(v).length===2?{kind:x0,monthly:x1}:null}
function takeMember(v,f,n){
if(!plain(v))return false;
const s=f.s;let x,known=0,bits=0;
const at=assumedOf(n);
x=v.id;if(!text(x))return false;known++;bits|=1;s[5].push(x);f.ids.push(x);
x=v.relationship;if(!CODES2.has(x))return false;known++;bits|=2;s[6].push(x);
x=v.birth_date;if((x=dateOf(x))===null)return false;known++;bits|=4;s[7].push(x);
x=v.parent;if(x!==undefined){if(!text(x))return false;known++;bits|=8;s[92].push(false);}else{x=null;f.open.push(f.assumed.length,n,3);f.assumed.push(null);s[92].push(true);}s[8].push(x);
x=v.marital_status;if(x!==undefined){if(!CODES3.has(x))return false;known++;bits|=16;s[93].push(false);}else{x=null;f.open.push(f.assumed.length,n,4);f.assumed.push(null);s[93].push(true);}s[9].push(x);
x=v.schooling;if(x!==undefined){if(!CODES4.has(x))return false;known++;bits|=32;}else{x="none";f.assumed.push(at[5]);}s[10].push(x);
x=v.guardianship;if(x!==undefined){if(!CODES5.has(x))return false;known++;bits|=64;}else{x="none";f.assumed.push(at[6]);}s[11].push(x);
x=v.illnesses;if(x!==undefined){if((x=list(x,50,(item)=>CODES6.has(item)?item:null))===null)return false;known++;bits|=128;}else{x=NOTHING;f.assumed.push(at[7]);}s[12].push(x);
x=v.disabilities;if(x!==undefined){if((x=list(x,50,takeMember_disabilities))===null)return false;known++;bits|=256;}else{x=NOTHING;f.assumed.push(at[8]);}s[13].push(x);
x=v.incomes;if(x!==undefined){if((x=list(x,50,takeMember_incomes))===null)return false;known++;bits|=512;s[98].push(false);}else{x=NOTHING;f.assumed.push(at[9]);s[98].push(true);}s[14].push(x);
x=v.absence;if(x!==undefined){if(!CODES7.has(x))return false;known++;bits|=1024;}else{x="none";f.assumed.push(at[10]);}s[15].push(x);
x=v.self_care;if(x!==undefined){if(!CODES8.has(x))return false;known++;bits|=2048;}else{x=null;}s[16].push(x);
x=v.living_arrangement;if(x!==undefined){if(!CODES9.has(x))return false;known++;bits|=4096;}else{x=null;}s[17].push(x);
x=v.destitute_support;if(x!==undefined){if(!CODES10.has(x))return false;known++;bits|=8192;}else{x=null;}s[18].push(x);
x=v.university_admission;if(x!==undefined){if(!CODES11.has(x))return false;known++;bits|=16384;}else{x=null;}s[19].push(x);
f.bits.push(bits);return known===Object.keys(v).length}
function takeHousehold(v,f){
if(!plain(v))return false;
const s=f.s;let x,known=0,bits=0;
x=v.id;if(!text(x))return false;known++;bits|=1;s[1]=x;
x=v.receives_family_planning_support;if(x!==undefined){if(typeof x!=="boolean")return false;known++;bits|=2;}else{x=false;f.assumed.push("/receives_family_planning_support");}s[2]=x;
x=v.childless;if(x!==undefined){if(typeof x!=="boolean")return false;known++;bits|=4;}else{x=false;f.assumed.push("/childless");}s[3]=x;
x=v.hardship_recognized;if(x!==undefined){if(typeof x!=="boolean")return false;known++;bits|=8;}else{x=false;f.assumed.push("/hardship_recognized");}s[4]=x;
x=v.members;if(!Array.isArray(x)||x.length<LEAST||x.length>100)return false;known++;
for(let n=0;n<x.length;n++)if(!takeMember(x[n],f,n))return false;
f.bits[0]=bits;return known===Object.keys(v).length}
function conclude(a,r,f,c,gave,lang){const s=f.s;
a.household=s[1];
a.on=day(f.on);
a.programme=s[39];
a.counted_members=s[36];
a.standard=yuan(s[55]);
a.income=yuan(s[24]);
a.deductions=lines(r.lists.deductions,s,f.ids,gave,amount);
a.countable_income=yuan(s[35]);
a.per_capita_income=yuan(s[54]);
a.benefits=lines(r.lists.benefits,s,f.ids,gave,amount);
a.monthly_total=yuan(s[51]);
a.registers=lines(r.lists.registers,s,f.ids,gave,named);
a.services=lines(r.lists.services,s,f.ids,gave,named);
a.referrals=lines(r.lists.referrals,s,f.ids,gave,named);
a.complete=r.complete;
a.readings=r.chosen;
a.overlays=r.overlays;
a.notices=noticesOf(r,s,c,lang);
a.assumed=f.assumed;
a.policy_version=VERSION;
}
export const about={"title":{"zh":"红桥区社会救助规则","en":"Social assistance in Hongqiao"},"modelled_from":"2016-04-01","checked_to":"2026-11-23","changes":["2016-04-01","2017-04-01","2018-04-01","2018-04-04","2019-04-01","2020-09-01","2021-01-01","2021-07-01","2025-09-01","2026-01-01","2026-07-01","2026-11-24"],"needed":["NO_APPLICANT","MARITAL_STATUS_NEEDED","INCOMES_NEEDED"],"household":{"id":{"title":{"zh":"家庭编号","en":"Household id"},"codes":null,"fields":{}},"receives_family_planning_support":{"title":{"zh":"领取计划生育特别扶助金","en":"Receives the special family planning support"},"codes":null,"fields":{}},"childless":{"title":{"zh":"无子女","en":"Has no children"},"codes":null,"fields":{}},"hardship_recognized":{"title":{"zh":"经区民政、财政部门共同认定的其他困难","en":"Other hardship recognised by the district's civil affairs and finance bureaus"},"codes":null,"fields":{}}},"member":{"id":{"title":{"zh":"成员编号","en":"Member id"},"codes":null,"fields":{}},"relationship":{"title":{"zh":"与申请人关系","en":"Relationship to the applicant"},"codes":"relationship","fields":{}},"birth_date":{"title":{"zh":"出生日期","en":"Date of birth"},"codes":null,"fields":{}},"parent":{"title":{"zh":"父亲或母亲","en":"Parent"},"codes":null,"fields":{}},"marital_status":{"title":{"zh":"婚姻状况","en":"Marital status"},"codes":"marital-status","fields":{}},"schooling":{"title":{"zh":"就学情况","en":"Schooling"},"codes":"schooling","fields":{}},"guardianship":{"title":{"zh":"孤儿或事实无人抚养情况","en":"Orphan or without support"},"codes":"guardianship","fields":{}},"illnesses":{"title":{"zh":"重大疾病","en":"Major illnesses"},"codes":"illness","fields":{}},"disabilities":{"title":{"zh":"残疾","en":"Disabilities"},"codes":null,"fields":{"kind":{"title":{"zh":"残疾类别","en":"Kind of disability"},"codes":"disability-kind"},"grade":{"title":{"zh":"残疾等级","en":"Grade of disability"},"codes":null}}},"incomes":{"title":{"zh":"收入","en":"Incomes"},"codes":null,"fields":{"kind":{"title":{"zh":"收入种类","en":"Kind of income"},"codes":"income-kind"},"monthly":{"title":{"zh":"每月金额（元）","en":"Amount a month (yuan)"},"codes":null}}},"absence":{"title":{"zh":"不在家庭共同生活的情形","en":"Absence from the household"},"codes":"absence","fields":{}},"self_care":{"title":{"zh":"生活自理能力","en":"Self-care"},"codes":"self-care","fields":{}},"living_arrangement":{"title":{"zh":"居住状况","en":"Living arrangement"},"codes":"living-arrangement","fields":{}},"destitute_support":{"title":{"zh":"特困人员供养方式","en":"Support as a destitute person"},"codes":"destitute-support","fields":{}},"university_admission":{"title":{"zh":"高考录取情况","en":"Admission to university"},"codes":"university-admission","fields":{}}},"codes":{"absence":{"none":{"zh":"无","en":"none"},"imprisoned":{"zh":"服刑","en":"imprisoned"},"compulsory_rehabilitation":{"zh":"强制隔离戒毒","en":"compulsory rehabilitation"},"conscript":{"zh":"现役义务兵","en":"conscript on active service"},"religious_order":{"zh":"宗教教职人员（在宗教场所居住三年以上）","en":"religious order (three years or more)"},"declared_missing":{"zh":"宣告失踪","en":"declared missing"}},"destitute-support":{"none":{"zh":"不是特困供养人员","en":"none"},"scattered":{"zh":"分散供养","en":"at home"},"institutional":{"zh":"集中供养","en":"in an institution"}},"disability-kind":{"visual":{"zh":"视力残疾","en":"visual"},"physical":{"zh":"肢体残疾","en":"physical"},"intellectual":{"zh":"智力残疾","en":"intellectual"},"mental":{"zh":"精神残疾","en":"mental"},"speech":{"zh":"言语残疾","en":"speech"},"hearing":{"zh":"听力残疾","en":"hearing"}},"guardianship":{"none":{"zh":"无","en":"none"},"scattered_orphan":{"zh":"散居孤儿","en":"orphan outside an institution"},"institutional_orphan":{"zh":"机构养育孤儿","en":"orphan in an institution"},"de_facto_unsupported":{"zh":"事实无人抚养","en":"de facto without support"}},"illness":{"uremia":{"zh":"尿毒症","en":"uremia"},"kidney_transplant":{"zh":"肾移植","en":"kidney transplant"},"leukemia":{"zh":"白血病","en":"leukemia"},"gaucher_disease":{"zh":"戈谢病","en":"Gaucher disease"},"heart_transplant":{"zh":"心脏移植","en":"heart transplant"},"liver_transplant":{"zh":"肝脏移植","en":"liver transplant"},"lung_transplant":{"zh":"肺移植","en":"lung transplant"},"bone_marrow_transplant":{"zh":"骨髓移植","en":"bone marrow transplant"},"malignant_tumor":{"zh":"恶性肿瘤","en":"malignant tumor"},"hemophilia":{"zh":"血友病","en":"hemophilia"},"aplastic_anemia":{"zh":"再生障碍性贫血","en":"aplastic anemia"},"mdr_tuberculosis":{"zh":"耐多药肺结核","en":"multidrug-resistant tuberculosis"},"hemiplegia":{"zh":"偏瘫","en":"hemiplegia"},"lupus_erythematosus":{"zh":"红斑狼疮","en":"lupus erythematosus"},"heart_valve_replacement":{"zh":"心脏换瓣","en":"heart valve replacement"},"vascular_stent":{"zh":"血管支架","en":"vascular stent"},"vascular_bypass":{"zh":"血管搭桥","en":"vascular bypass"},"nephrotic_syndrome":{"zh":"肾病综合征","en":"nephrotic syndrome"},"cirrhosis":{"zh":"肝硬化","en":"cirrhosis"},"hyperthyroidism":{"zh":"甲亢","en":"hyperthyroidism"},"type_1_diabetes":{"zh":"I型糖尿病","en":"type 1 diabetes"},"aids":{"zh":"艾滋病","en":"AIDS"},"cerebral_infarction":{"zh":"脑梗死","en":"cerebral infarction"},"stromal_tumor":{"zh":"细胞间质瘤","en":"stromal tumor"},"alzheimers_disease":{"zh":"阿尔茨海默病","en":"Alzheimer's disease"},"myasthenia_gravis":{"zh":"重症肌无力","en":"myasthenia gravis"},"sclerosis":{"zh":"硬化症","en":"sclerosis"},"epilepsy":{"zh":"癫痫","en":"epilepsy"},"cerebral_hemorrhage_sequelae":{"zh":"脑出血后遗症","en":"sequelae of cerebral hemorrhage"},"ankylosing_spondylitis":{"zh":"强直性脊柱炎","en":"ankylosing spondylitis"},"other_major_illness":{"zh":"其他大病或门诊特殊病","en":"another major or special outpatient illness"}},"income-kind":{"wages":{"zh":"工资性收入","en":"wages"},"business":{"zh":"经营净收入","en":"business"},"property":{"zh":"财产净收入","en":"property"},"transfer":{"zh":"转移净收入","en":"transfers"},"pension":{"zh":"养老金（退休金）","en":"pension"},"residents_basic_pension":{"zh":"城乡居民基础养老金","en":"residents' basic pension"},"special_care_pension":{"zh":"优待抚恤金","en":"special care pension"},"family_planning_award":{"zh":"计划生育奖励与扶助金","en":"family planning award or support"},"scholarship":{"zh":"奖学金","en":"scholarship"},"valor_award":{"zh":"见义勇为奖励","en":"award for valour"},"social_assistance":{"zh":"社会救助款物","en":"social assistance"},"disability_subsidy":{"zh":"残疾人两项补贴","en":"the two disability subsidies"}},"living-arrangement":{"alone":{"zh":"独自居住","en":"alone"},"with_spouse_only":{"zh":"只与配偶同住","en":"with the spouse only"},"with_children":{"zh":"与子女同住","en":"with children"},"with_others":{"zh":"与其他人同住","en":"with others"},"in_institution":{"zh":"在养老、医疗等机构居住","en":"in an institution"}},"marital-status":{"never_married":{"zh":"未婚","en":"never married"},"married":{"zh":"已婚","en":"married"},"separated":{"zh":"分居","en":"separated"},"divorced":{"zh":"离异","en":"divorced"},"widowed":{"zh":"丧偶","en":"widowed"}},"programme":{"dibao":{"zh":"最低生活保障（低保）","en":"dibao (minimum living allowance)"},"low_income":{"zh":"低收入家庭","en":"low-income household"},"none":{"zh":"不符合低保和低保边缘条件","en":"neither"}},"relationship":{"applicant":{"zh":"申请人","en":"applicant"},"spouse":{"zh":"配偶","en":"spouse"},"child":{"zh":"子女","en":"child"},"parent":{"zh":"父母","en":"parent"},"grandparent":{"zh":"祖父母、外祖父母","en":"grandparent"},"grandchild":{"zh":"孙子女、外孙子女","en":"grandchild"},"sibling":{"zh":"兄弟姐妹","en":"sibling"},"other":{"zh":"其他","en":"other"}},"schooling":{"none":{"zh":"不在学","en":"none"},"kindergarten":{"zh":"幼儿园","en":"kindergarten"},"primary":{"zh":"小学","en":"primary school"},"junior_secondary":{"zh":"初中","en":"junior secondary school"},"senior_secondary":{"zh":"高中","en":"senior secondary school"},"vocational":{"zh":"职业教育（中职、大专、高职）","en":"vocational school or college"},"undergraduate":{"zh":"大学本科","en":"undergraduate"},"postgraduate":{"zh":"研究生","en":"postgraduate"}},"self-care":{"independent":{"zh":"生活能够自理","en":"lives without help"},"partly_dependent":{"zh":"部分丧失生活自理能力","en":"partly depends on help"},"dependent":{"zh":"完全丧失生活自理能力（失能）","en":"wholly depends on help"}},"university-admission":{"none":{"zh":"无","en":"none"},"this_year":{"zh":"应届毕业，当年高考被高等院校录取","en":"leaves school this year and is admitted by the entrance examination"}}},"readings":{"disease-pairing":{"title":{"zh":"150%、100%与疾病、重残怎样对应","en":"How 150% and 100% go with diseases and disabilities"},"choices":{"by-list":{"zh":"十五种疾病150%，四种重残100%","en":"Fifteen diseases 150%, four disabilities 100%"},"tiered":{"zh":"前八种疾病150%，其余七种疾病和四种重残100%","en":"First eight diseases 150%, the other seven and the disabilities 100%"}}},"deduction-unit":{"title":{"zh":"疾病和重残抵扣按什么计","en":"What the disease and disability deductions are counted by"},"choices":{"affected-person":{"zh":"按患病、残疾人数","en":"By affected person"},"household":{"zh":"按户，同类只扣一次，取最高","en":"By household, the largest of a kind, once"}}},"disease-and-disability":{"title":{"zh":"疾病和重残可否同时抵扣","en":"Whether disease and disability are both deducted"},"choices":{"sum":{"zh":"分别抵扣，相加","en":"Both"},"higher":{"zh":"只取较高的一项","en":"The higher of the two"}}},"student-scope":{"title":{"zh":"“的在校学生”管到哪里","en":"How far \"who are in school\" reaches"},"choices":{"both-groups":{"zh":"两类人都须在校","en":"Both groups must be in school"},"unsupported-only":{"zh":"只有事实无人抚养的须在校","en":"Only the unsupported must be in school"}}},"single-parent-scope":{"title":{"zh":"800元适用于哪些单亲","en":"Which single parents the 800 is for"},"choices":{"divorced-only":{"zh":"仅限离异","en":"The divorced only"},"all-others":{"zh":"丧偶以外的其他单亲","en":"All single parents but the widowed"}}},"visit-scope":{"title":{"zh":"重病重残人员进入台账是否以享受救助为前提","en":"Whether seriously ill and disabled people must be on assistance to be in the ledger"},"choices":{"special-groups":{"zh":"不以享受救助为前提","en":"No"},"in-difficulty":{"zh":"须为低保或低收入家庭","en":"They must be on dibao or of low income"}}},"advanced-age":{"title":{"zh":"“高龄”从多少岁起","en":"From which age an elder is of advanced age"},"choices":{"from-eighty":{"zh":"80周岁","en":"From 80"},"every-elder":{"zh":"60周岁","en":"From 60"}}},"empty-nest":{"title":{"zh":"夫妻二人居住算不算“空巢”","en":"Whether a couple living by themselves is an empty nest"},"choices":{"couples-too":{"zh":"算","en":"Yes"},"alone-only":{"zh":"不算，只有独居才算","en":"No, only living alone is"}}},"incapacity":{"title":{"zh":"“失能”是否包括部分丧失自理能力","en":"Whether depending on help includes depending in part"},"choices":{"wholly-only":{"zh":"只指完全丧失","en":"Wholly dependent only"},"partly-too":{"zh":"也包括部分丧失","en":"Partly dependent too"}}},"difficult-family":{"title":{"zh":"“困境家庭”指哪些家庭","en":"Which families are in difficulty"},"choices":{"assisted":{"zh":"低保和低收入家庭","en":"Those on dibao or of low income"},"recognized-too":{"zh":"也包括经认定有其他困难的家庭","en":"Those recognised as being in other hardship too"}}}},"overlays":{"tianjin-notice-2020":{"title":{"zh":"2020年天津市分类救助通知（可读部分）","en":"The Tianjin notice on classified assistance of 2020 (what could be read)"},"start":"2020-09-01"}},"parameters":{"notice-first-amount":{"zh":"前八种疾病扣减数额","en":"Deduction for the first eight diseases"},"notice-further-diseases":{"zh":"通知增列的十五种疾病","en":"The further fifteen diseases of the notice","codes":"illness"},"notice-second-amount":{"zh":"后七种疾病、四种重残扣减数额","en":"Deduction for the other seven diseases and the four severe disabilities"},"notice-speech-hearing-kinds":{"zh":"言语、听力残疾","en":"Speech and hearing disabilities","codes":"disability-kind"},"notice-third-amount":{"zh":"其他所列疾病、残疾扣减数额","en":"Deduction for the further diseases and disabilities"},"notice-third-grade-kinds":{"zh":"三级也扣减的类别","en":"Kinds of which grade 3 counts too","codes":"disability-kind"},"notice-third-grade":{"zh":"智力、精神残疾的第三级","en":"The third grade of intellectual and mental disabilities"},"advanced-age":{"zh":"高龄起始年龄","en":"Age from which an elder is of advanced age"},"child-age":{"zh":"儿童年龄上限（不含）","en":"Age at which a child is no longer one"},"counted-income-kinds":{"zh":"计入家庭收入的收入种类","en":"Kinds of income that count","codes":"income-kind"},"dibao-payment-delay":{"zh":"低保金自决定起第几个月发放","en":"Months from the decision to the first month of dibao"},"dibao-standard":{"zh":"城市居民最低生活保障标准（每人每月）","en":"Urban dibao standard (a person, a month)"},"disability-grade-limit":{"zh":"重残等级（此级及以上）","en":"Severe disability, up to this grade"},"divorced-deduction":{"zh":"离异单亲家庭扣减数额","en":"Deduction for a divorced single parent"},"elder-age":{"zh":"老年人起始年龄","en":"Age from which someone is an elder"},"elder-supplement-share":{"zh":"老年人增发比例（占低保标准）","en":"Elder supplement, as a share of the standard"},"first-eight-diseases":{"zh":"前八种疾病","en":"The first eight diseases","codes":"illness"},"higher-deduction-share":{"zh":"疾病抵扣比例（占低保标准）","en":"Disease deduction, as a share of the standard"},"kindergarten-age":{"zh":"学龄前儿童起始年龄","en":"Age from which kindergarten counts as school"},"low-income-limit-share":{"zh":"低收入家庭上限（占低保标准）","en":"Upper limit of low income, as a share of the standard"},"low-income-relief-amount":{"zh":"低收入家庭救助标准（每户每月）","en":"Relief for low-income families (a household, a month)"},"lower-deduction-share":{"zh":"重残抵扣比例（占低保标准）","en":"Disability deduction, as a share of the standard"},"orphan-student-supplement-amount":{"zh":"散居孤儿和事实无人抚养的在校学生增发数额","en":"Supplement for orphan and unsupported students"},"other-seven-diseases":{"zh":"其余七种疾病","en":"The other seven diseases","codes":"illness"},"relief-payment-delay":{"zh":"低收入救助金自批准起第几个月发放","en":"Months from the approval to the first month of relief"},"school-levels":{"zh":"算作在校的学段（学龄前另计）","en":"Levels of school that count as in school (beside kindergarten)","codes":"schooling"},"severe-disability-kinds":{"zh":"四种重残的类别","en":"The four kinds of severe disability","codes":"disability-kind"},"widowed-deduction":{"zh":"丧偶单亲家庭扣减数额","en":"Deduction for a widowed single parent"}}};
for(const [overlay,rule,zh,en] of RULES)((about.overlays[overlay]??about).rules??={})[rule]={zh,en};
about.sources=Object.fromEntries(Object.entries(SOURCES).map(([id,[zh,en]])=>[id,{zh,en}]));
const quotient = (a, b) => (a - (a % b)) / b; // for a >= 0 and b > 0
function rounded(numerator, denominator, step, way) {
const unit = denominator * step, size = Math.abs(numerator);
let steps = way === "down" ? quotient(size, unit) : way === "up" ? quotient(size + unit - 1, unit) : quotient(2 * size + unit, 2 * unit);
if (way === "half-even" && steps % 2 === 1 && 2 * size + unit === 2 * unit * steps) steps--;
return numerator >= 0 ? steps * step : 0 - steps * step;
}
const years = (start, end) =>
end >= start ? quotient(end - start, 10000) : 0 - quotient(start - end + 9999, 10000);
function largest(items, of) {
let most = null;
for (let i = 0; i < items.length; i++) {
const value = of(items[i]);
if (value !== null && (most === null || value > most)) most = value;
}
return most === null ? 0 : most;
}
const two = (n) => (n < 10 ? "0" + n : "" + n);
function yuan(fen) {
return fen === 0 ? "0.00" : fen < 0 ? "-" + yuan(-fen) : (fen - (fen % 100)) / 100 + "." + two(fen % 100);
}
const day = (n) => String(quotient(n, 10000)).padStart(4, "0") + "-" + two(quotient(n, 100) % 100) + "-" + two(n % 100);
const entry = (rule, member, applied, value, failed, looked_at) => ({ rule, member, applied, value, failed, looked_at });
const own = (object, name) => Object.prototype.hasOwnProperty.call(object, name);
const clip = (value) => { const t = [...String(value)]; return t.length <= 600 ? t.join("") : t.slice(0, 600).join("") + "…"; }; // an input cannot make a message long
const cut = (text, n) => [...text].slice(0, n).join("");
const phrase = (key, args = {}) => ({ key, args });
const quoted = (text) => phrase("quoted", { text });
function catalogue(lang) {
if (own(CATALOGUES, lang)) return CATALOGUES[lang];
const known = Object.keys(CATALOGUES);
throw new RequestError("UNKNOWN_LANGUAGE", { value: quoted(cut(String(lang), 60)), known, meant: nearest(lang, known) });
}
function say(lang, key, args, cutting = (value) => value) {
return catalogue(lang)[key].replace(/\{\{|\}\}|\{(\w+)\}/g, (whole, name) => (name === undefined ? whole[0] : cutting(word(lang, args[name]))));
}
function word(lang, value) { // the text of an argument: a list, a phrase, a text of the rulebook, or any other value
if (Array.isArray(value)) return value.length ? value.map((item) => word(lang, item)).reduce((before, after) => say(lang, "list.pair", { before, after })) : "";
if (typeof value !== "object" || value === null) return value;
return value.key === undefined ? textOf(value, lang) : say(lang, value.key, value.args);
}
const textOf = (texts, lang) => { catalogue(lang); return texts[lang] ?? texts.zh; };
function sentence(code, lang, args) {
const before = say(lang, "fault." + code, args, clip);
return args.meant ? say(lang, "sentences", { before, after: say(lang, "meant", args, clip) }) : before;
}
function matched(a, b) { // the number of matching characters (Ratcliff and Obershelp)
let best = 0, from = 0, to = 0, last = [];
for (let i = 0; i < a.length; i++) {
const row = [];
for (let j = 0; j < b.length; j++) {
if (a[i] !== b[j]) continue;
const run = (row[j] = (last[j - 1] || 0) + 1);
if (run > best) { best = run; from = i - run + 1; to = j - run + 1; }
}
last = row;
}
if (!best) return 0;
return best + matched(a.slice(0, from), b.slice(0, to)) + matched(a.slice(from + best), b.slice(to + best));
}
function closest(word, known) {
let best = null, most = 0;
for (const name of known) {
const share = word.length + name.length ? (2000000 * matched(name, word)) / (word.length + name.length) : 1000000;
if (share >= 600000 && (share > most || (share === most && name > best))) { best = name; most = share; }
}
return best;
}
function nearest(name, known) {
if (typeof name !== "string" || [...name].length > 100) return null;
return closest(name.toLowerCase(), known)
?? closest(name.toLowerCase().replaceAll("-", "_").replaceAll(" ", "_"), known);
}
/** A request outside the model: an invalid date, reading, overlay or language. */
export class RequestError extends Error {
constructor(code, args) {
super(sentence(code, "en", args));
this.name = "RequestError";
this.code = code;
this.arguments = args;
}
say(lang) { return sentence(this.code, lang, this.arguments); }
}
/** An invalid household, with all its faults. */
export class HouseholdError extends Error {
constructor(faults) {
super(faults.map((f) => `${f.path || "/"}: ${f.code}: ${f.message}`).join("\n"));
this.name = "HouseholdError";
this.faults = faults;
}
}
function fault(code, path, args = {}) {
return { code, path, message: sentence(code, "en", args), say: (lang) => sentence(code, lang, args) };
}
const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
const LONE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;
const lone = new RegExp(LONE, "g");
const writable = (text) => text.replace(lone, (c) => "\\u" + c.charCodeAt(0).toString(16));
const step = (name) => "/" + writable(String(name)).replaceAll("~", "~0").replaceAll("/", "~1");
function found(value) { // the words for a value of a wrong type
if (typeof value === "boolean") return String(value);
if (typeof value === "number" || typeof value === "bigint") return phrase("found.number", { value: String(value).slice(0, 40) });
if (typeof value === "string") return phrase("found.text", { value: quoted(writable(cut(value, 40))) });
return phrase(Array.isArray(value) ? "found.list" : "found.object");
}
const shown = (value) => (typeof value === "string" ? quoted(writable(cut(value, 40))) : found(value));
const LAST = [0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
function digits(text, from, to) { // the number, or -1 if any character is not a digit
let n = 0;
for (let i = from; i < to; i++) {
const d = text.charCodeAt(i) - 48;
if (d < 0 || d > 9) return -1;
n = n * 10 + d;
}
return n;
}
function dateOf(value) { // as yyyymmdd, or null
if (typeof value !== "string" || value.length !== 10 || value[4] !== "-" || value[7] !== "-") return null;
const y = digits(value, 0, 4), m = digits(value, 5, 7), d = digits(value, 8, 10);
const leap = (y % 4 === 0 && y % 100 !== 0) || y % 400 === 0;
return y >= 1 && m >= 1 && m <= 12 && d >= 1 && d <= (m === 2 && leap ? 29 : LAST[m]) ? y * 10000 + m * 100 + d : null;
}
function dayOf(on) {
const n = dateOf(on);
if (n === null) throw new RequestError("BAD_ASSESSMENT_DATE", { value: quoted(cut(String(on), 60)) });
return n;
}
function fenOf(value, least, most, size) { // as fen from least to most, or null
const fen = typeof value === "number" ? (Number.isInteger(value) ? value * 100 + 0 : null) : typeof value === "string" ? writtenFen(value, size) : null;
return fen !== null && fen >= least && fen <= most ? fen : null;
}
function writtenFen(value, size) { // as fen, or null; with at most so many digits before the point
if (value.length > size + 4) return null;
const from = value[0] === "-" ? 1 : 0, point = value.indexOf("."), end = point < 0 ? value.length : point, places = value.length - point - 1;
const yuan = digits(value, from, end);
if (end - from < 1 || end - from > size || yuan < 0) return null;
const cents = point < 0 ? 0 : digits(value, point + 1, value.length);
if (cents < 0 || (point >= 0 && (places < 1 || places > 2))) return null;
const fen = yuan * 100 + (point >= 0 && places === 1 ? cents * 10 : cents);
return from === 0 ? fen : -fen || null; // a zero has no sign
}
const plain = (value) => typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
const PAIRED = /[\ud800-\udfff]/;
const text = (value) => typeof value === "string" && value !== "" && value.length <= 200 && value !== "unknown" && !PAIRED.test(value);
const whole = (value, least, most) => Number.isInteger(value) && value >= least && value <= most;
function list(value, most, take) {
if (!Array.isArray(value) || value.length > most) return null;
const taken = [];
for (let i = 0; i < value.length; i++) {
const item = take(value[i]);
if (item === null) return null;
taken.push(item);
}
return taken;
}
const NOTHING = Object.freeze([]);
function readField(def, value, path, name, faults) {
const no = (code, args) => {
faults.push(value === null || value === undefined ? fault("NULL_VALUE", path)
: value === "unknown" ? fault("UNKNOWN_VALUE", path) : fault(code, path, args));
return undefined;
};
switch (def.kind) {
case "text": case "reference":
if (typeof value !== "string") return no("NOT_TEXT", { found: found(value ?? "") });
if (LONE.test(value)) return no("BAD_TEXT", {});
if (value === "") return no("EMPTY_TEXT", { limit: 200 });
return value.length > 200 && [...value].length > 200 ? no("TEXT_TOO_LONG", { limit: 200 }) : value;
case "code":
if (typeof value === "string" && def.codes.includes(value)) return value;
if (typeof value === "string" && LONE.test(value)) return no("BAD_TEXT", {});
return typeof value === "string"
? no("UNKNOWN_CODE", { value: writable(cut(value, 60)), list: name, known: def.codes, meant: nearest(value, def.codes) })
: no("NOT_TEXT", { found: found(value ?? "") });
case "truth":
return typeof value === "boolean" ? value : no("NOT_TRUTH", { found: found(value ?? "") });
case "date":
return dateOf(value) === null ? no("BAD_DATE", { value: shown(value ?? "") }) : value;
case "money": {
const { least, most, size } = def;
if (fenOf(value, least, most, size) !== null) return value;
if (typeof value === "number" && fenOf(String(value), least, most, size) !== null) return no("MONEY_AS_FLOAT", { value: String(value) });
return least === 0 && most === 999999999 ? no("BAD_MONEY", { value: shown(value ?? "") })
: no("BAD_AMOUNT", { value: shown(value ?? ""), least: yuan(least), most: yuan(most) });
}
case "number": {
const { least, most } = def;
if (whole(value, least, most)) return value;
return least === 1 && most === 4 ? no("BAD_GRADE", { value: shown(value ?? "") }) : no("BAD_NUMBER", { value: shown(value ?? ""), least, most });
}
}
if (!Array.isArray(value)) return no("NOT_A_LIST", { found: found(value ?? "") });
if (value.length > def.most) faults.push(fault("TOO_MANY", path, { limit: def.most }));
const before = faults.length;
const items = value.slice(0, def.most).map((item, number) => def.kind === "codes"
? readField({ kind: "code", codes: def.codes }, item, path + "/" + number, name, faults)
: readObject(def.fields, item, path + "/" + number, faults));
return faults.length === before ? items : undefined;
}
function readObject(defs, value, path, faults, also = []) {
if (!isObject(value)) {
faults.push(value === null || value === undefined ? fault("NULL_VALUE", path) : value === "unknown" ? fault("UNKNOWN_VALUE", path)
: fault("NOT_AN_OBJECT", path, { found: found(value) }));
return undefined;
}
const read = {};
for (const name in defs) {
if (own(value, name) && value[name] !== undefined) read[name] = readField(defs[name], value[name], path + "/" + name, name, faults);
else if (defs[name].required) faults.push(fault("MISSING_FIELD", path + "/" + name, { name }));
}
for (const name of Object.keys(value)) {
if (own(defs, name) || also.includes(name)) continue;
if (LONE.test(name)) { faults.push(fault("BAD_TEXT", path + step(name))); continue; }
const known = [...Object.keys(defs)];
for (const extra of also) known.splice(1, 0, extra);
faults.push(fault("UNKNOWN_FIELD", path + step(name), { name, known, meant: nearest(name, known) }));
}
return read;
}
function tooDeep(value, left = 20) {
if (typeof value !== "object" || value === null) return false;
return left === 0 || Object.values(value).some((inner) => tooDeep(inner, left - 1));
}
const REFERENCES = Object.entries(MEMBER).filter(([, def]) => def.kind === "reference");
const inputsOf = (on) => INPUTS.find((period) => on <= period.end) ?? INPUTS[INPUTS.length - 1];
const does = ({ run, k }, s, c) => run(s, k, c);
function childrenOf(pointing) { // for each member, the indices of the members that refer to it
const children = pointing.map(() => []);
for (let n = 0; n < pointing.length; n++) if (pointing[n] >= 0) children[pointing[n]].push(n);
return children;
}
function enter(f) {
const { s, ids } = f, c = positions(ids.length), { defaults, refused } = inputsOf(f.on), pointing = [], held = [];
for (let n = 1; n < ids.length; n++) if (ids.indexOf(ids[n]) < n) return false;
s[0] = f.on;
for (const [, { slot }] of REFERENCES) {
const column = (f.named[slot] = s[slot]), at = (pointing[slot] = new Array(ids.length).fill(-1));
for (let n = 0; n < ids.length; n++) {
if (column[n] === null) continue;
at[n] = ids.indexOf(column[n]);
if (at[n] < 0 || at[n] === n) return false;
}
s[slot] = childrenOf(at);
}
for (const d of defaults) {
const gone = s[ABSENT + d.slot];
if (!(d.each ? gone.includes(true) : gone)) continue;
const taken = (held[d.number + (d.each ? 64 : 0)] = does(d.taken, s, c));
if (!d.each) { if (taken) s[d.slot] = d.value; continue; }
const at = pointing[d.slot], named = d.names === undefined ? -1 : does(d.names, s, c).indexOf(true);
for (let n = 0; n < ids.length; n++) if (gone[n] && taken[n]) d.names === undefined ? (s[d.slot][n] = d.value) : (at[n] = named);
if (d.names !== undefined) s[d.slot] = childrenOf(at);
}
let passed = false;
for (let i = 0; i < f.open.length; i += 3) {
const n = f.open[i + 1], number = f.open[i + 2];
if (n < 0 ? held[number] : held[number + 64][n]) f.assumed[f.open[i]] = n < 0 ? "/" + Object.keys(HOUSEHOLD)[number] : assumedOf(n)[number];
else passed = true;
}
if (passed) f.assumed = f.assumed.filter((path) => path !== null);
return !does(refused, s, c);
}
function readable(def, value) {
const items = (take) => (Array.isArray(value) && value.length <= def.most ? list(value, def.most, take) : null);
switch (def.kind) {
case "text": case "reference": return typeof value === "string" ? value : null;
case "code": return def.codes.includes(value) ? value : null;
case "truth": return typeof value === "boolean" ? value : null;
case "date": return dateOf(value);
case "money": return fenOf(value, def.least, def.most, def.size);
case "number": return whole(value, def.least, def.most) ? value : null;
case "codes": return items((item) => (def.codes.includes(item) ? item : null));
}
return items((item) => {
if (!isObject(item) || Object.keys(item).length !== Object.keys(def.fields).length) return null;
const read = {};
for (const name in def.fields) if (!own(item, name) || (read[name] = readable(def.fields[name], item[name])) === null) return null;
return read;
});
}
function sketch(household, members, on) {
const s = new Array(SIZE).fill(null);
s[0] = on; s[KNOWN] = true;
const look = (def, one, name) => {
const gone = one !== null && (!own(one, name) || one[name] === undefined);
const found = gone ? (def.default ?? null) : one === null ? null : readable(def, one[name]);
return [found, gone ? !def.required : found !== null, gone];
};
for (const name in HOUSEHOLD) {
const def = HOUSEHOLD[name];
[s[def.slot], s[KNOWN + def.slot], s[ABSENT + def.slot]] = look(def, household, name);
}
for (const name in MEMBER) {
const def = MEMBER[name], rows = members.map((m) => look(def, m, name));
[def.slot, KNOWN + def.slot, ABSENT + def.slot].forEach((slot, part) => { s[slot] = rows.map((row) => row[part]); });
}
return s;
}
function together(household, listed, on, faults) {
const members = listed ?? [], s = sketch(household, members, on), c = positions(members.length), pointing = [];
const told = (code, path, args) => faults.push(fault(code, path, args));
const place = (n, name) => "/" + CONTAINED + (name === null ? "" : "/" + n + "/" + name);
const structural = (defs, column, path) => {
const ids = defs.id === undefined ? [] : column(defs.id.slot), first = new Map();
ids.forEach((id, n) => { if (id !== null && !first.has(id)) first.set(id, n); });
for (const name in defs) {
const { kind, slot } = defs[name], reference = kind === "reference";
if (kind !== "text" && !reference) continue;
if (reference) pointing[slot] = ids.map(() => -1);
column(slot).forEach((value, n) => {
const tell = (code, args) => told(code, path(n, name), args);
if (value === "unknown") tell("UNKNOWN_VALUE");
else if (value === null) return;
else if (reference && !first.has(value)) tell("PARENT_NOT_A_MEMBER", { name: value, meant: nearest(value, [...first.keys()]) });
else if (reference && first.get(value) === n) tell("PARENT_OF_ITSELF");
else if (name === "id" && first.get(value) !== n) tell("DUPLICATE_ID", { name: value });
if (reference && first.has(value)) pointing[slot][n] = first.get(value);
});
}
};
structural(HOUSEHOLD, (slot) => [s[slot]], (_, name) => "/" + name);
structural(MEMBER, (slot) => s[slot], place);
if (listed === null) return;
const { defaults, checks } = inputsOf(on);
const link = () => REFERENCES.forEach(([, { slot }]) => { s[slot] = childrenOf(pointing[slot]); });
for (const d of defaults) {
link();
const each = (held) => (d.each ? held : [held]), gone = each(s[ABSENT + d.slot]);
const sure = each(does(d.sure, s, c)), never = each(does(d.never, s, c));
const named = d.named === undefined ? -1 : does(d.named, s, c).indexOf(true);
gone.forEach((absent, n) => {
if (!absent) return;
if (sure[n] && d.named !== undefined) pointing[d.slot][n] = named;
else if (sure[n]) d.each ? (s[d.slot][n] = d.value) : (s[d.slot] = d.value);
else if (!never[n]) d.each ? (s[KNOWN + d.slot][n] = false) : (s[KNOWN + d.slot] = false);
});
}
link();
for (const check of checks) {
const { code, form, each, field, slot, relation, child, blanks, holds } = check;
const tell = (n, path) => {
const one = each ? members[n] : household, args = { on: day(on) };
for (const name of blanks) args[name] = own(one, name) ? one[name] : "";
told(code, path, args);
};
const at = (n) => (each ? place(n, field) : "/" + field), found = does(holds, s, c);
if (form === "at_least_one") { if (found) told(code, place(0, null), { on: day(on) }); continue; }
const numbers = (Array.isArray(found) ? found : [found]).flatMap((held, n) => (held ? [n] : []));
if (relation !== null) {
const children = s[relation];
for (const n of numbers) for (const other of children[n]) {
s[relation] = children.map((_, m) => (m === n ? [other] : []));
if (does(holds, s, c)[n]) tell(n, at(child ? other : n));
}
s[relation] = children;
continue;
}
for (const n of form === "at_most_one" ? numbers.slice(1) : numbers) {
tell(n, at(n));
if (slot !== null) each ? (s[KNOWN + slot][n] = false) : (s[KNOWN + slot] = false);
}
}
}
function inOrder(faults, value) {
const unique = new Map();
for (const f of faults) unique.set(f.code + " " + f.path, f);
const place = (path) => {
let at = value;
return path.split("/").slice(1).map((raw) => {
const name = raw.replaceAll("~1", "/").replaceAll("~0", "~");
if (Array.isArray(at)) { at = at[name]; return +name; }
const number = isObject(at) ? Object.keys(at).indexOf(name) : -1;
at = isObject(at) ? at[name] : undefined;
return number < 0 ? 1e6 : number;
});
};
const rows = [...unique.values()].map((f) => [f, place(f.path)]);
rows.sort(([, a], [, b]) => {
for (let i = 0; i < Math.min(a.length, b.length); i++) if (a[i] !== b[i]) return a[i] - b[i];
return a.length - b.length;
});
return rows.map(([f]) => f);
}
/** The faults of a household in document order; an empty list if it is valid. */
export function check(household, on) {
const faults = [];
readHousehold(household, dayOf(on), faults);
return inOrder(faults, household);
}
function readHousehold(value, on, faults) {
const root = readObject(HOUSEHOLD, value, "", faults, CONTAINED === null ? [] : [CONTAINED]);
if (root === undefined) return null;
const listed = CONTAINED === null ? NOTHING : value[CONTAINED];
let members = [];
if (CONTAINED !== null && (!own(value, CONTAINED) || listed === undefined)) faults.push(fault("MISSING_FIELD", "/" + CONTAINED, { name: CONTAINED }));
else if (!Array.isArray(listed)) readField({ kind: "list" }, listed, "/" + CONTAINED, CONTAINED, faults);
else {
if (listed.length < LEAST) faults.push(fault("TOO_FEW", "/" + CONTAINED, { limit: LEAST }));
if (listed.length > MOST) faults.push(fault("TOO_MANY", "/" + CONTAINED, { limit: MOST }));
members = listed.slice(0, MOST).map((m, number) => readObject(MEMBER, m, "/" + CONTAINED + "/" + number, faults));
}
if (faults.length && tooDeep(value)) { faults.length = 0; faults.push(fault("TOO_DEEP", "", { limit: 20 })); return null; }
const at = new Set(faults.map((f) => f.path)), more = [], few = Array.isArray(listed) && listed.length <= 1000;
together(value, few ? listed.map((m) => (isObject(m) ? m : null)) : null, on, more);
for (const f of more) if (!at.has(f.path)) faults.push(f);
return CONTAINED === null ? root : { ...root, [CONTAINED]: members };
}
function sha256(text) {
const bytes = new TextEncoder().encode(text), size = ((bytes.length + 8) >> 6 << 4) + 16;
const words = new Int32Array(size), w = new Int32Array(64);
for (let i = 0; i < bytes.length; i++) words[i >> 2] |= bytes[i] << (24 - (i & 3) * 8);
words[bytes.length >> 2] |= 0x80 << (24 - (bytes.length & 3) * 8);
words[size - 1] = bytes.length * 8;
const h = Int32Array.from(SHA.start);
for (let at = 0; at < size; at += 16) {
let a = h[0], b = h[1], c = h[2], d = h[3], e = h[4], f = h[5], g = h[6], z = h[7];
for (let i = 0; i < 64; i++) {
if (i < 16) w[i] = words[at + i];
else {
const x = w[i - 15], y = w[i - 2];
w[i] = (w[i - 16] + w[i - 7] + ((x >>> 7 | x << 25) ^ (x >>> 18 | x << 14) ^ (x >>> 3))
+ ((y >>> 17 | y << 15) ^ (y >>> 19 | y << 13) ^ (y >>> 10))) | 0;
}
const one = (z + ((e >>> 6 | e << 26) ^ (e >>> 11 | e << 21) ^ (e >>> 25 | e << 7)) + ((e & f) ^ (~e & g)) + SHA.round[i] + w[i]) | 0;
const other = (((a >>> 2 | a << 30) ^ (a >>> 13 | a << 19) ^ (a >>> 22 | a << 10)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
z = g; g = f; f = e; e = (d + one) | 0; d = c; c = b; b = a; a = (one + other) | 0;
}
h[0] += a; h[1] += b; h[2] += c; h[3] += d; h[4] += e; h[5] += f; h[6] += g; h[7] += z; // modulo 2^32, as the array is
}
return [...h].map((v) => (v >>> 0).toString(16).padStart(8, "0")).join("");
}
const SHA = (() => { // the first 32 bits of the fractions of square and cube roots of primes, in integer arithmetic
const primes = [];
for (let n = 2; primes.length < 64; n++) if (primes.every((p) => n % p)) primes.push(n);
const root = (n, k) => { // floor(n^(1/k) * 2^32) modulo 2^32
const wanted = BigInt(n) << BigInt(32 * k);
let low = 0n, high = 1n << 40n;
while (low < high) { const mid = (low + high + 1n) >> 1n; if (mid ** BigInt(k) <= wanted) low = mid; else high = mid - 1n; }
return Number(low & 0xffffffffn) | 0;
};
return { start: primes.slice(0, 8).map((p) => root(p, 2)), round: primes.map((p) => root(p, 3)) };
})();
function written(defs, bits, at, also) {
const parts = [];
Object.keys(defs).forEach((name, number) => {
if (bits & (1 << number)) parts.push(JSON.stringify(name) + ":" + writtenField(defs[name], at(defs[name], name)));
if (also && number === 0) parts.push(also);
});
return "{" + parts.join(",") + "}";
}
function writtenField(def, value) {
if (def.kind === "money") return `"${yuan(value)}"`;
if (def.kind === "date") return `"${day(value)}"`;
if (def.kind === "records") return "[" + value.map((item) => written(def.fields, -1, (_, name) => item[name])).join(",") + "]";
return JSON.stringify(value);
}
function receipt(seed, { s, on, bits, named }) {
const members = bits.slice(1).map((mask, n) => written(MEMBER, mask, (def) => (named[def.slot] ?? s[def.slot])[n]));
const household = written(HOUSEHOLD, bits[0], (def) => s[def.slot], CONTAINED === null ? "" : `"${CONTAINED}":[${members.join(",")}]`);
return "sha256:" + sha256(seed + "\n" + on + "\n" + household);
}
function freeze(value) {
if (typeof value === "object" && value !== null) { Object.values(value).forEach(freeze); Object.freeze(value); }
return value;
}
const citations = [];
const cite = (number) => {
const [at, words] = CITES[number], [source, place] = PLACES[at], [title, , copy_quality] = SOURCES[source];
return { source, title, place, words, copy_quality };
};
function citation(number) {
if (citations[number] === undefined) {
const [at, cites, parameters] = CITATIONS[number], [, rule, zh, en, basis, confidence] = RULES[at];
citations[number] = freeze({ rule, title: { zh, en }, basis, confidence, cites: cites.map(cite),
parameters: parameters.map((n) => ({ ...VALUES[n], cites: VALUES[n].cites.map(cite) })) });
}
return citations[number];
}
const compiled = new Map();
let latest = null;
function again(rules, on, readings, overlays) { // true if these rules are those of the request
if (on < rules.start || on > rules.end || overlays.length !== rules.overlays.length) return false;
for (const name in readings) if (readings[name] !== rules.asked[name]) return false;
for (const name in rules.asked) if (readings[name] === undefined) return false;
for (let i = 0; i < overlays.length; i++) if (overlays[i] !== rules.overlays[i]) return false;
return true;
}
function compile(on, readings, overlays) {
if (latest !== null && again(latest, on, readings, overlays)) return latest;
for (const name in readings) {
const known = Object.keys(READINGS);
if (!own(READINGS, name)) throw new RequestError("UNKNOWN_READING", { name, known, meant: nearest(name, known) });
const choices = READINGS[name], choice = readings[name];
if (!choices.includes(choice)) throw new RequestError("UNKNOWN_CHOICE", { name, choice, known: choices, meant: nearest(choice, choices) });
}
const named = Object.keys(OVERLAYS);
for (const name of overlays)
if (!own(OVERLAYS, name)) throw new RequestError("UNKNOWN_OVERLAY", { name, known: named, meant: nearest(name, named) });
for (const [i, name] of overlays.entries())
if (overlays.indexOf(name) !== i) throw new RequestError("OVERLAY_TWICE", { name });
if (on < MODELLED_FROM) throw new RequestError("NOT_MODELLED", { on: day(on), start: day(MODELLED_FROM), sentence: NOT_MODELLED });
for (const name of overlays) {
const { start, end } = OVERLAYS[name];
if (on < start || on > end) throw new RequestError("OVERLAY_NOT_IN_FORCE", { name, on: day(on), start: day(start) });
}
const combination = named.filter((name) => overlays.includes(name)).join(" ");
if (!own(PLANS, combination)) throw new RequestError("OVERLAYS_CONFLICT", { one: overlays[0], other: overlays[1], rule: "" });
const chosen = {};
for (const name in READINGS) chosen[name] = readings[name] ?? READINGS[name][0];
const plan = PLANS[combination].find((p) => on >= p.start && on <= p.end);
const key = combination + "|" + plan.start + "|" + Object.values(chosen).join(" ") + "|" + overlays.join(" ");
let made = compiled.get(key);
if (made === undefined) {
const pick = (number) => {
const [names, table] = TAKEN[number];
if (table === undefined) return names; // no reading matters
return table[names.map((n) => chosen[n]).join(" ")] ?? null;
};
const steps = plan.conclusions.map(pick).filter((v) => v !== null).map((v, number) => {
const [about, run, k, cited, order] = VARIANTS[v], rules = cited.map((c) => RULES[CITATIONS[c][0]][1]);
return { ...CONCLUSIONS[about], number, run: RUN[run], k: freeze(k), cited: cited.map(citation), rules, order };
});
const inOrder = (a, b) => a.order - b.order || (a.rules[0] < b.rules[0] ? -1 : a.rules[0] > b.rules[0] ? 1 : a.slot - b.slot);
made = {
start: plan.start, end: plan.end, steps, citing: steps.filter((step) => step.figure || step.list !== null), chosen: freeze(chosen), overlays: freeze([...overlays]),
lists: Object.fromEntries(Object.keys(LISTS).map((name) => [name, steps.filter((step) => step.list === name).sort(inOrder)])),
notices: plan.notices.map(pick).filter((v) => v !== null).map(([run, k, notice]) => [RUN[run], k, NOTICES[notice]]),
complete: overlays.every((name) => OVERLAYS[name].complete),
seed: JSON.stringify([DIGEST, Object.entries(chosen).sort(([a], [b]) => (a < b ? -1 : 1)), overlays]),
};
compiled.set(key, made);
}
return (latest = { ...made, asked: { ...readings } });
}
const NO_READINGS = Object.freeze({}), NO_OVERLAYS = Object.freeze([]);
class Assessment {
#seed; #facts; #receipt;
constructor(seed, facts) { this.#seed = seed; this.#facts = facts; }
get receipt() { return (this.#receipt ??= receipt(this.#seed, this.#facts)); }
toJSON() { return { ...this, receipt: this.receipt }; }
}
function take(household, on) {
const f = { s: places(), on, ids: [], bits: [0], named: [], assumed: [], open: [] };
return takeHousehold(household, f) && enter(f) ? f : null;
}
function takeOrRefuse(household, on) {
const faults = [], read = readHousehold(household, on, faults);
if (faults.length) throw new HouseholdError(inOrder(faults, household));
return take(read, on);
}
const assumable = [];
function assumedOf(n) { // the JSON pointers of the fields of member n, cached
while (assumable.length <= n)
assumable.push(Object.keys(MEMBER).map((name) => "/" + CONTAINED + "/" + assumable.length + "/" + name));
return assumable[n];
}
function lines(steps, s, ids, gave, write) {
const made = [];
for (const step of steps) {
const values = s[step.slot], rule = step.rules[0];
if (!step.each) {
if (values) { made.push(write(rule, null, values)); gave[step.number] = 1; }
} else for (let n = 0; n < values.length; n++)
if (values[n]) { made.push(write(rule, ids[n], values[n])); gave[step.number] = 1; }
}
return made;
}
const amount = (rule, member, value) => ({ rule, member, amount: yuan(value) });
const numbered = (rule, member, value) => ({ rule, member, amount: value });
const named = (rule, member) => ({ rule, member });
function noticesOf(rules, s, c, lang) {
const told = [];
for (const [run, k, { code, message, rule }] of rules.notices)
if (run(s, k, c)) told.push({ code, message: textOf(message, lang), rule });
return told;
}
function citationsOf(rules, took, gave) {
const cited = [];
for (let i = 0; i < rules.citing.length; i++) {
const { number, figure, cited: each } = rules.citing[i], line = gave[number] === 1;
if (line && !(figure && took[number] === 0)) cited.push(each[0]);
if (figure) cited.push(each[took[number]]);
}
return cited;
}
const counted = [];
function positions(n) { // the indices 0 to n - 1, cached
while (counted.length <= n) counted.push(Array.from({ length: counted.length }, (_, i) => i));
return counted[n];
}
/** Assesses a household on a date. The TypeScript declarations describe the arguments and the result. */
export function assess(household, on, options = {}) {
const today = dayOf(on), lang = options.lang ?? "zh";
catalogue(lang);
const rules = compile(today, options.readings ?? NO_READINGS, options.overlays ?? NO_OVERLAYS);
const facts = take(household, today) ?? takeOrRefuse(household, today), { s, ids } = facts;
const steps = rules.steps, c = positions(ids.length), gave = new Array(steps.length).fill(0), took = gave.slice();
const trace = options.trace === false ? null : [], texts = new Array(SIZE).fill(undefined);
for (let i = 0; i < steps.length; i++) {
const step = steps[i], tried = step.run(s, step.k, c, ids, trace, texts);
if (step.figure) took[i] = tried;
}
const made = new Assessment(rules.seed, facts);
conclude(made, rules, facts, c, gave, lang);
if (trace !== null) {
made.citations = citationsOf(rules, took, gave);
made.trace = trace;
}
return made;
}
