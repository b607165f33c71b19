package web

// writeRules are routeRules for what changes something, each with a sound body: {u} is a unit, {id} its entry, and
// "file" a form with a file and the fields that follow.
const writeRules = `
POST /login open -
POST /login/sso open -
POST /logout member -
POST /invite/:secret open -
POST /account/sessions/end member - session=x
POST /preferences open -
POST /setup open -
POST /account/password member -
POST /account/second-factor member - act=set
POST /login/step member - code=1
POST /years/:year/compare/views member - name=a
POST /years/:year/compare/views/:view/delete member -
POST /years/:year/mine log -
POST /start admin -
POST /accounts admin - name=person&role=admin&password=correct+horse
POST /accounts/:id/disable admin -
POST /accounts/:id/enable admin -
POST /accounts/:id/invite admin -
POST /accounts/:id/end admin - ends=2027-01-01
POST /accounts/:id/sign-out admin -
POST /accounts/:id/password admin - password=correct+horse
POST /accounts/:id/second-factor/reset admin -
POST /accounts/:id/unlink admin -
POST /accounts/:id/tokens admin - name=x
POST /accounts/:id/tokens/end admin - token=x
POST /api/v1/packages bring - file
POST /years/:year/handup/dictionary sign - file
POST /years/:year/handup/mapping sign - unit=c1
POST /years/:year/handup/packages sign - first=1&last=2
POST /years/:year/handup/packages/:number/send sign -
POST /years/:year/handup/address admin - address=https://above.example&token=x
POST /years/:year/below/packages plan - file
POST /years/:year/below/units plan - units=east
POST /years/:year/below/take plan -
POST /packages/:id/take plan -
POST /packages/:id/decline plan -
POST /channels admin - name=hook&kind=json&address=http://192.0.2.1/x&event_red=1
POST /channels/:id/end admin -
POST /channels/:id/try admin -
POST /displays admin - name=hall
POST /displays/:id/end admin -
POST /displays/:id/language admin - language=en
POST /review admin - rule=submitted
POST /sign-in admin - policy=modern&days=90
POST /units admin - code=u1&name=u1&parent=county
POST /units/import admin - text=a
POST /units/:code/move admin - parent=west&month=2026-11
POST /units/:code/name admin - name=east
POST /years/:year/public admin - public=
POST /api/v1/accounts admin - {"name":"person","role":"admin"}
PATCH /api/v1/accounts/:account admin - {"disabled":false}
POST /api/v1/accounts/:account/invitation admin -
POST /api/v1/accounts/:account/second-factor/reset admin -
POST /api/v1/accounts/:account/unlink admin -
POST /api/v1/sign-in-rules admin - {"policy":"modern","days":90}
POST /api/v1/years/:year/questions ask unit {"indicator":"screened","unit":"{u}","text":"why"}
POST /api/v1/questions/:id/answer log question {"text":"a"}
POST /api/v1/views member - {"name":"a","query":"i=screened"}
POST /api/v1/views/:view/removal member -
POST /api/v1/years/:year/report/templates plan - file
POST /api/v1/years/:year/report/templates/removal plan -
POST /api/v1/accounts/:account/tokens admin - {"name":"x"}
POST /api/v1/accounts/:account/tokens/:token/end admin -
POST /api/v1/displays admin - {"name":"hall"}
PATCH /api/v1/displays/:id admin - {"language":"en"}
POST /api/v1/displays/:id/end admin -
POST /api/v1/review admin - {"rule":"submitted"}
POST /api/v1/units admin - {"code":"u2","name":"x","parent":"county"}
PATCH /api/v1/units/:code admin - {"name":"east"}
POST /api/v1/units/:code/move admin - {"parent":"west","since":"2026-11"}
POST /api/v1/years admin - {"year":2027}
POST /api/v1/years/:year/close admin - {"reason":"r"}
POST /api/v1/years/:year/reopen admin - {"reason":"r"}
POST /api/v1/years/:year/public admin - {"public":false}
POST /api/v1/years/:year/rules admin - {"preset":"mof","reason":"x"}
POST /years/:year/rules admin - {rules}

POST /questions/:id log question text=a
POST /updates/:id/correction log entry date=2026-11-03&value=6&sure=6&reason=r
POST /updates/:id/evidence log entry file
POST /updates/:id/submission nobody entry key=k
POST /updates/:id/withdrawal log entry reason=r
POST /evidence/:id/sensitive log file sensitive=yes
POST /evidence/:id/erase admin file reason=x
POST /years/:year/evidence/erase admin - what=all&reason=x
POST /api/v1/evidence/:id/erase admin file {"reason":"x"}
POST /api/v1/years/:year/evidence/erase admin - {"what":"all","reason":"x"}
POST /years/:year/entry log unit indicator=screened&unit={u}&date=2026-11-03&value=5&sure=5&key=k
POST /years/:year/grid log unit unit={u}&reason=w&c:{u}:screened:11:{id}=5404&key=k
POST /years/:year/import log - file
POST /years/:year/import/:sum log -
POST /years/:year/import/:sum/workbook log -
POST /years/:year/indicators/:code/explanations log unit reason=r&next=n&unit={u}
POST /years/:year/indicators/:code/question ask - text=why
POST /years/:year/indicators/:code/updates log unit unit={u}&date=2026-11-03&value=5&sure=5
POST /years/:year/review review batch act=approve&update={id}
POST /api/v1/imports log year file
POST /api/v1/updates log unit {"indicator":"screened","unit":"{u}","date":"2026-11-03","value":"5"}
POST /api/v1/updates/:id/approval review entry {}
POST /api/v1/updates/:id/correction log entry {"date":"2026-11-03","value":"6","reason":"r"}
POST /api/v1/updates/:id/evidence log entry
POST /api/v1/updates/:id/return review entry {"reason":"r"}
POST /api/v1/updates/:id/submission nobody entry
POST /api/v1/updates/:id/withdrawal log entry {"reason":"r"}
POST /api/v1/reviews review batch {"act":"approve","updates":[{id}]}
PATCH /api/v1/evidence/:id log file {"sensitive":true}
POST /api/v1/years/:year/explanations log unit {"indicator":"screened","unit":"{u}","month":"2026-11","reason":"x","next":"x"}

POST /years/:year/locks lock - act=lock&month=2026-02
POST /api/v1/years/:year/months/:month/lock lock - {}
POST /api/v1/years/:year/months/:month/unlock lock - {"reason":"r"}
POST /years/:year/check check - finding=x&reason=r
POST /years/:year/check/document office - file
POST /api/v1/years/:year/check/marks check - {"finding":"x","reason":"r"}
POST /years/:year/report/sign check - action=check
POST /api/v1/years/:year/report/check check - {"note":"n"}
POST /api/v1/years/:year/report/sign sign - {"reason":"r"}

PATCH /api/v1/areas/:code plan - {"name":"x"}
POST /api/v1/areas plan - {"code":"a1","name":"x"}
PATCH /api/v1/indicators/:code plan - {"owner":"x"}
POST /api/v1/indicators plan - {"code":"i1","name":"x","kind":"flow","measure":"人"}
PATCH /api/v1/years/:year/projects/:code plan - {"name":"x"}
PATCH /api/v1/years/:year/report/notes/:id plan - {"done":true}
POST /api/v1/years/:year/adoptions plan - {}
POST /api/v1/years/:year/adoptions/:adoption/undo plan - {}
POST /api/v1/years/:year/budget plan - {"lines":[{"fund":"general","income":"100","spent":"40","closing":"60"}]}
POST /api/v1/years/:year/indicators plan - {"rows":[{"name":"x","measure":"人"}]}
POST /api/v1/years/:year/outlooks plan - {"indicator":"screened","month":"2026-10","possibility":"certain"}
POST /api/v1/years/:year/projects plan - {"code":"q","name":"x","fund":"general"}
POST /api/v1/years/:year/projects/:code/removal plan - {"reason":"x"}
POST /api/v1/years/:year/report/returned office - file
POST /api/v1/years/:year/scores plan - {"indicator":"screened","score":"5","reason":"x"}
POST /api/v1/years/:year/staffing plan - {"staff":[{"kind":"worker","posts":1}]}
POST /api/v1/years/:year/targets plan - {"indicator":"screened","unit":"east","value":"90","reason":"r"}
POST /api/v1/years/:year/targets/split plan - {"indicator":"screened","values":{"west":"3"},"reason":"r"}
PUT /api/v1/years/:year/report/cover plan - {"contact":"x"}
PUT /api/v1/years/:year/report/outline plan - {"entries":[{"key":"problems"}]}
PUT /api/v1/years/:year/report/rows plan - {"texts":{}}
PUT /api/v1/years/:year/report/sections/:key plan - {"text":"a"}
POST /years/:year/adopt plan - file
POST /years/:year/adopt/:adoption plan - rows=1
POST /years/:year/adopt/:adoption/undo plan -
POST /years/:year/budget plan - line=general-basic&full=100&income=100&spent=5&reason=w
POST /years/:year/plan/areas plan - name=x
POST /years/:year/plan/areas/:area plan - name=x
POST /years/:year/plan/forward plan - step=open
POST /years/:year/plan/indicators plan - name=x&kind=flow&measure=x&decimals=0&direction=up&starts=1
POST /years/:year/plan/indicators/:code plan - name=x
POST /years/:year/plan/indicators/:code/archive plan - what=archive
POST /years/:year/plan/indicators/:code/split plan - step=preview&method=hand
POST /years/:year/plan/indicators/:code/targets plan - sign=>=&value=5
POST /years/:year/plan/indicators/:code/year plan - what=add
POST /years/:year/plan/order plan - indicator=users&direction=up
POST /years/:year/plan/table plan - file text a
POST /years/:year/plan/table/rows plan - rows=1&name.0=x&measure.0=x
POST /years/:year/projects plan - name=a&code=a1&fund=general
POST /years/:year/projects/:code/removal plan - reason=r
POST /years/:year/report/cover plan - contact=x
POST /years/:year/report/edit/* plan - text=a
POST /years/:year/report/monitoring plan - indicator=screened&month=2026-10&possibility=certain
POST /years/:year/report/notes/:id plan - done=1
POST /years/:year/report/outline plan - key0=problems&title0=x
POST /years/:year/report/rekey plan - done=0/0
POST /years/:year/report/returned office - file
POST /years/:year/report/returned/take plan - sum=abc
POST /years/:year/report/layout admin - name=x
POST /years/:year/report/rows plan - thrift=x
POST /years/:year/report/template plan - file
POST /years/:year/report/template/removal plan -
POST /years/:year/score plan - indicator=screened&score=5&reason=r
POST /years/:year/staffing plan - staff.worker.posts=1
`
