"""Traditional characters and their simplified forms, as far as talk of debts uses them.

One table for all who read words: what one reader folds and another does not would be read differently by the two.
"""

from typing import Final

_TRADITIONAL: Final = (
    "並佈來係個們偵偽備傳債傷僅僞僱億償兒兩凍別剛動務匯區協厭參員問喚喪單嗎國圓圖執報塊壓壞夠媽孫學實審寫寬將專對導層"
    "屬師帳幣廢強後從復徵恥態慮憂憑應懶懷戶揚損搖擔據擾敗斷於時曬書會東條業標樣機檔檢權歲歷歸殘殺決沒減準滾滿漲濟為無"
    "煩爛爾獄獎獲現產異當瘋療癡發盜盡監眾確碼稅種稱節簡簽紀約細終結絕絡給經網緊緒緝緩總繫繳繼續罰羣聯職聽腦臉與舉舖萬"
    "藥處號虧補裡複見親覺訂訊討託記訟訪許訴詐詢話該詳誌認語誠誤說誰課調談請諒諮講證識議護讀讓豬負財貨責貳買貸費貼資賣"
    "賤賬賴贈車輕輛轉轟辦這進過達遞適遲遺還郵鄰醜醫銀鋪錄錢錯鎖長門閉開間閱闆關陳陸階際險隻離難電響項須領頭題額顏類養"
    "馬騙騷驅驗體鬆鬱麵麼點"
)
_SIMPLE: Final = (
    "并布来系个们侦伪备传债伤仅伪雇亿偿儿两冻别刚动务汇区协厌参员问唤丧单吗国圆图执报块压坏够妈孙学实审写宽将专对导层"
    "属师帐币废强后从复征耻态虑忧凭应懒怀户扬损摇担据扰败断于时晒书会东条业标样机档检权岁历归残杀决没减准滚满涨济为无"
    "烦烂尔狱奖获现产异当疯疗痴发盗尽监众确码税种称节简签纪约细终结绝络给经网紧绪缉缓总系缴继续罚群联职听脑脸与举铺万"
    "药处号亏补里复见亲觉订讯讨托记讼访许诉诈询话该详志认语诚误说谁课调谈请谅咨讲证识议护读让猪负财货责贰买贷费贴资卖"
    "贱账赖赠车轻辆转轰办这进过达递适迟遗还邮邻丑医银铺录钱错锁长门闭开间阅板关陈陆阶际险只离难电响项须领头题额颜类养"
    "马骗骚驱验体松郁面么点"
)
SIMPLIFIED: Final = str.maketrans(_TRADITIONAL, _SIMPLE)
"""For ``str.translate``: one character for one, so that every place in a text stays what it was."""
